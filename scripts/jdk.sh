# shellcheck shell=bash
# To be sourced: finds a JDK that is new enough. Shared by ./mainstay, ./check and bin/mainstay.

JDK_AT_LEAST=25

# Prints the major version of the JDK in a folder, or nothing. Reads its `release` file, since
# starting a JVM only to ask costs a tenth of a second.
jdk_major() {
  local version
  version=$(sed -n 's/^JAVA_VERSION="\(1\.\)\{0,1\}\([0-9]*\).*/\2/p' "$1/release" 2>/dev/null)
  if [ -z "$version" ] && [ -x "$1/bin/java" ]; then
    version=$("$1/bin/java" -version 2>&1 | sed -n 's/.* version "\(1\.\)\{0,1\}\([0-9]*\).*/\2/p')
  fi
  printf '%s' "$version"
}

# True if the folder holds a JDK that is new enough.
jdk_fits() {
  local major
  [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] || return 1
  major=$(jdk_major "$1")
  [ -n "$major" ] && [ "$major" -ge "$JDK_AT_LEAST" ]
}

# Sets and exports JAVA_HOME, or says what to install and returns 1.
find_jdk() {
  local folder found
  if [ -n "${MAINSTAY_JAVA_HOME:-}" ]; then
    if jdk_fits "$MAINSTAY_JAVA_HOME"; then
      export JAVA_HOME=$MAINSTAY_JAVA_HOME
      return 0
    fi
    echo "mainstay: MAINSTAY_JAVA_HOME is $MAINSTAY_JAVA_HOME, which is not a JDK $JDK_AT_LEAST or newer." >&2
    return 1
  fi
  if [ -n "${JAVA_HOME:-}" ] && jdk_fits "$JAVA_HOME"; then
    export JAVA_HOME
    return 0
  fi
  found=$(command -v javac || true)
  if [ -n "$found" ]; then
    found=$(readlink -f "$found" 2>/dev/null || printf '%s' "$found")
  fi
  for folder in \
    "${found%/bin/javac}" \
    /usr/lib/jvm/* \
    /opt/* \
    "${HOME:-/nowhere}"/.sdkman/candidates/java/* \
    "${HOME:-/nowhere}"/.jdks/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
    if [ -n "$folder" ] && jdk_fits "$folder"; then
      export JAVA_HOME=$folder
      return 0
    fi
  done
  cat >&2 <<EOF
mainstay: needs a JDK $JDK_AT_LEAST or newer, and found none.
Looked at MAINSTAY_JAVA_HOME, JAVA_HOME, javac on the PATH, /usr/lib/jvm, /opt, ~/.sdkman, ~/.jdks, /Library/Java.
Install one of
  Debian, Ubuntu   Temurin: https://adoptium.net/installation/linux, then: apt-get install temurin-$JDK_AT_LEAST-jdk
  macOS            brew install --cask temurin@$JDK_AT_LEAST
  any              unpack an archive from https://adoptium.net and set JAVA_HOME to its folder
EOF
  return 1
}
