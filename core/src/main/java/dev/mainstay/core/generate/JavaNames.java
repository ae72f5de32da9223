package dev.mainstay.core.generate;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.lang.model.SourceVersion;

/// Names for Java, made of a model's: `artist_id` is `artistId`, `ArtistId` and `ARTIST_ID`. Within
/// one scope each is given once; a name that is taken gets a number.
final class JavaNames {
  private final Set<String> taken = new HashSet<>();

  /// @param taken what may not be given; types in lower case
  JavaNames(Set<String> taken) {
    this.taken.addAll(taken);
  }

  Set<String> all() {
    return Set.copyOf(taken);
  }

  /// A variable, a component or a method.
  String member(String name) {
    String type = joined(words(name));
    String member = type.isEmpty() ? "value" : uncapitalized(type);
    return give(startable(SourceVersion.isKeyword(member) ? member + "_" : member));
  }

  /// A type.
  String type(String name) {
    String type = joined(words(name));
    String wanted = startable(type.isEmpty() ? "Type" : type);
    String given = wanted;
    // A type is a file, and some file systems do not tell case.
    for (int i = 2; !taken.add(given.toLowerCase(Locale.ROOT)); i++) given = wanted + i;
    return given;
  }

  String constant(String name) {
    String constant = String.join("_", words(name)).toUpperCase(Locale.ROOT);
    return give(startable(constant.isEmpty() ? "NONE" : constant));
  }

  private String give(String wanted) {
    String name = wanted;
    for (int i = 2; !taken.add(name); i++) name = wanted + i;
    return name;
  }

  private static String startable(String name) {
    return Character.isJavaIdentifierStart(name.charAt(0)) ? name : "_" + name;
  }

  private static String joined(List<String> words) {
    StringBuilder joined = new StringBuilder();
    for (String word : words)
      joined.append(word.substring(0, 1).toUpperCase(Locale.ROOT)).append(word.substring(1));
    return joined.toString();
  }

  private static String uncapitalized(String name) {
    return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
  }

  /// Letters and digits of ASCII in a row, of one case but for the first.
  private static List<String> words(String name) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    char before = ' ';
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean isLetter = c < 128 && Character.isLetterOrDigit(c);
      if (!isLetter || Character.isUpperCase(c) && !Character.isUpperCase(before)) {
        if (!word.isEmpty()) words.add(word.toString());
        word.setLength(0);
      }
      if (isLetter) word.append(Character.toLowerCase(c));
      before = c;
    }
    if (!word.isEmpty()) words.add(word.toString());
    return words;
  }

  /// A part of a package's name.
  static String folder(String name) {
    String folder = String.join("_", words(name));
    if (folder.isEmpty()) return "schema";
    return startable(SourceVersion.isKeyword(folder) ? folder + "_" : folder);
  }

  /// A text as a constant.
  static String literal(String text) {
    StringBuilder literal = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> literal.append("\\\"");
        case '\\' -> literal.append("\\\\");
        case '\n' -> literal.append("\\n");
        case '\r' -> literal.append("\\r");
        default -> {
          if (c < ' ' || c > '~') literal.append("\\u%04x".formatted((int) c));
          else literal.append(c);
        }
      }
    }
    return literal.append('"').toString();
  }
}
