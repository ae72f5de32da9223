# shellcheck shell=bash
# To be sourced: runs Maven on this checkout with a short progress and a full log.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

# The project's version, which the root pom names first.
project_version() {
  sed -n 's/^  <version>\(.*\)<\/version>$/\1/p' "$root/pom.xml" | head -n 1
}

# Says what to install and returns 1 unless there is a Maven 3.8 or newer.
find_maven() {
  local version
  if command -v mvn >/dev/null; then
    version=$(mvn --version 2>/dev/null | sed -n 's/.*Apache Maven \([0-9][0-9.]*\).*/\1/p')
    case $version in
      3.[0-7] | 3.[0-7].* | [12].* | '') ;;
      *) return 0 ;;
    esac
  fi
  echo "mainstay: needs Maven 3.8 or newer to build, and found ${version:-none}. Debian, Ubuntu: apt-get install maven; macOS: brew install maven" >&2
  return 1
}

# run_maven <name> <arguments…>: the log goes to .logs/<name>.log, a line per module, the totals of
# the tests and the errors to standard output.
run_maven() {
  local log=$root/.logs/$1.log
  shift
  mkdir -p "$root/.logs"
  # Maven 3.8's own libraries use what Java 25 warns of. It does not run long enough for the slower
  # compiler to pay.
  if MAVEN_OPTS="-XX:TieredStopAtLevel=1 ${MAVEN_OPTS:-} --sun-misc-unsafe-memory-access=allow" \
    mvn -B -ntp -f "$root/pom.xml" "$@" </dev/null 2>&1 | tee "$log" | maven_progress; then
    return 0
  fi
  echo "mainstay: the build failed; the whole log is $log"
  return 1
}

maven_progress() {
  awk '
    /^\[INFO\] Building Mainstay/ {
      of = $NF
      if (NF == 6 && gsub(/[][]/, "", of)) { printf "  %-10s %s\n", $4, of; fflush() }
    }
    /Tests run:.*Time elapsed/ { sub(/^\[[A-Z]+\] /, ""); print "    " $0; fflush() }
    /^\[ERROR\] (-> \[Help|\[Help|To see the full|Re-run Maven|For more information|After correcting|  mvn <args>|$)/ { next }
    /^\[ERROR\]/ || /^\[WARNING\].*\.java:\[/ { if (errors++ < 60) { print; fflush() } }
  '
}
