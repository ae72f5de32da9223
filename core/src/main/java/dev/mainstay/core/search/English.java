package dev.mainstay.core.search;

import java.util.List;
import java.util.Map;
import java.util.Set;

/// English words by their stem (`running` and `runs` are `run`), and the words too common to be
/// searched for: PostgreSQL's configuration `english`.
///
/// The stem is that of the Snowball project's English stemmer, also known as Porter 2
/// (<https://snowballstem.org/algorithms/english/stemmer.html>); step and region names are its own.
final class English {
  private static final Set<String> STOPS =
      Set.of(
          ("i me my myself we our ours ourselves you your yours yourself yourselves he "
                  + "him his himself she her hers herself it its itself they them their theirs "
                  + "themselves what which who whom this that these those am is are was were be "
                  + "been being have has had having do does did doing a an the and but if or "
                  + "because as until while of at by for with about against between into "
                  + "through during before after above below to from up down in out on off over "
                  + "under again further then once here there when where why how all any both "
                  + "each few more most other some such no nor not only own same so than too "
                  + "very s t can will just don should now")
              .split(" "));

  private static final Map<String, String> IRREGULAR =
      Map.ofEntries(
          Map.entry("skis", "ski"),
          Map.entry("skies", "sky"),
          Map.entry("dying", "die"),
          Map.entry("lying", "lie"),
          Map.entry("tying", "tie"),
          Map.entry("idly", "idl"),
          Map.entry("gently", "gentl"),
          Map.entry("ugly", "ugli"),
          Map.entry("early", "earli"),
          Map.entry("only", "onli"),
          Map.entry("singly", "singl"),
          Map.entry("sky", "sky"),
          Map.entry("news", "news"),
          Map.entry("howe", "howe"),
          Map.entry("atlas", "atlas"),
          Map.entry("cosmos", "cosmos"),
          Map.entry("bias", "bias"),
          Map.entry("andes", "andes"));

  /// Whole once step 1a is done.
  private static final Set<String> WHOLE =
      Set.of("inning", "outing", "canning", "herring", "earring", "proceed", "exceed", "succeed");

  private static final List<String> REGION_PREFIXES = List.of("gener", "commun", "arsen");

  /// Suffix and replacement, longer suffixes before those they end with.
  private static final String[][] STEP_2 = {
    {"ational", "ate"},
    {"ization", "ize"},
    {"fulness", "ful"},
    {"ousness", "ous"},
    {"iveness", "ive"},
    {"tional", "tion"},
    {"biliti", "ble"},
    {"lessli", "less"},
    {"entli", "ent"},
    {"ation", "ate"},
    {"alism", "al"},
    {"aliti", "al"},
    {"ousli", "ous"},
    {"iviti", "ive"},
    {"fulli", "ful"},
    {"enci", "ence"},
    {"anci", "ance"},
    {"abli", "able"},
    {"izer", "ize"},
    {"ator", "ate"},
    {"alli", "al"},
    {"bli", "ble"},
    {"ogi", "og"},
    {"li", ""},
  };

  private static final String[][] STEP_3 = {
    {"ational", "ate"},
    {"tional", "tion"},
    {"alize", "al"},
    {"icate", "ic"},
    {"iciti", "ic"},
    {"ative", ""},
    {"ical", "ic"},
    {"ness", ""},
    {"ful", ""},
  };

  private static final String[] STEP_4 = {
    "ement", "ance", "ence", "able", "ible", "ment", "ant", "ent", "ism", "ate", "iti", "ous",
    "ive", "ize", "ion", "al", "er", "ic",
  };

  private final StringBuilder word;
  private int r1;
  private int r2;

  private English(String word) {
    this.word = new StringBuilder(word);
  }

  static boolean isStop(String word) {
    return STOPS.contains(word);
  }

  /// @param word in lower case
  static String stem(String word) {
    String irregular = IRREGULAR.get(word);
    if (irregular != null) return irregular;
    return word.codePointCount(0, word.length()) < 3 ? word : new English(word).stem();
  }

  private String stem() {
    markConsonants();
    markRegions();
    step1a();
    if (!WHOLE.contains(word.toString())) {
      step1b();
      step1c();
      step2();
      step3();
      step4();
      step5();
    }
    return word.toString().replace('Y', 'y');
  }

  /// A `y` that begins the word or follows a vowel is a consonant, and written `Y`.
  private void markConsonants() {
    for (int i = 0; i < word.length(); i++)
      if (word.charAt(i) == 'y' && (i == 0 || isVowel(i - 1))) word.setCharAt(i, 'Y');
  }

  private void markRegions() {
    r1 = afterVowelAndConsonant(0);
    for (String prefix : REGION_PREFIXES) if (word.indexOf(prefix) == 0) r1 = prefix.length();
    r2 = afterVowelAndConsonant(r1);
  }

  private int afterVowelAndConsonant(int from) {
    int at = from;
    while (at < word.length() && !isVowel(at)) at++;
    while (at < word.length() && isVowel(at)) at++;
    return Math.min(word.length(), at + 1);
  }

  private void step1a() {
    if (ends("sses")) cut(2);
    else if (ends("ied") || ends("ies")) cut(word.length() > 4 ? 2 : 1);
    else if (ends("s") && !ends("us") && !ends("ss") && hasVowelBefore(word.length() - 2)) cut(1);
  }

  private void step1b() {
    if (ends("eed") || ends("eedly")) {
      int suffix = ends("eed") ? 3 : 5;
      if (word.length() - suffix >= r1) cut(suffix - 2);
      return;
    }
    int suffix = ends("ingly") ? 5 : ends("edly") ? 4 : ends("ing") ? 3 : ends("ed") ? 2 : 0;
    if (suffix == 0 || !hasVowelBefore(word.length() - suffix)) return;
    cut(suffix);
    if (ends("at") || ends("bl") || ends("iz")) word.append('e');
    else if (endsDouble() && !isWholeDouble()) cut(1);
    else if (r1 >= word.length() && endsShort(word.length())) word.append('e');
  }

  private void step1c() {
    int last = word.length() - 1;
    boolean isY = ends("y") || ends("Y");
    if (isY && last > 1 && !isVowel(last - 1)) word.setCharAt(last, 'i');
  }

  private void step2() {
    for (String[] rule : STEP_2) {
      if (!ends(rule[0])) continue;
      int before = word.length() - rule[0].length();
      boolean applies =
          before >= r1
              && switch (rule[0]) {
                case "ogi" -> before > 0 && word.charAt(before - 1) == 'l';
                case "li" -> before > 0 && "cdeghkmnrt".indexOf(word.charAt(before - 1)) >= 0;
                default -> true;
              };
      if (applies) replace(before, rule[1]);
      return;
    }
  }

  private void step3() {
    for (String[] rule : STEP_3) {
      if (!ends(rule[0])) continue;
      int before = word.length() - rule[0].length();
      if (before >= (rule[0].equals("ative") ? r2 : r1)) replace(before, rule[1]);
      return;
    }
  }

  private void step4() {
    for (String suffix : STEP_4) {
      if (!ends(suffix)) continue;
      int before = word.length() - suffix.length();
      boolean applies =
          before >= r2
              && (!suffix.equals("ion")
                  || (before > 0 && "st".indexOf(word.charAt(before - 1)) >= 0));
      if (applies) cut(suffix.length());
      return;
    }
  }

  private void step5() {
    int last = word.length() - 1;
    if (ends("e") && (last >= r2 || (last >= r1 && !endsShort(last)))) cut(1);
    else if (ends("ll") && last >= r2) cut(1);
  }

  /// Whether the part before `end` ends in a short syllable: a consonant, a vowel and a consonant
  /// other than `w`, `x` and `Y`; or the part is a vowel and a consonant.
  private boolean endsShort(int end) {
    if (end < 2 || isVowel(end - 1) || !isVowel(end - 2)) return false;
    if (end == 2) return true;
    return !isVowel(end - 3) && "wxY".indexOf(word.charAt(end - 1)) < 0;
  }

  private boolean endsDouble() {
    int length = word.length();
    return length > 1
        && word.charAt(length - 1) == word.charAt(length - 2)
        && "bdfgmnprt".indexOf(word.charAt(length - 1)) >= 0;
  }

  /// `add`, `egg`, `off`: not the `ad` of an `adding`. So since Snowball 3, and PostgreSQL 18.
  private boolean isWholeDouble() {
    return word.length() == 3 && "aeo".indexOf(word.charAt(0)) >= 0;
  }

  private boolean hasVowelBefore(int end) {
    for (int i = 0; i < end; i++) if (isVowel(i)) return true;
    return false;
  }

  private boolean isVowel(int at) {
    return "aeiouy".indexOf(word.charAt(at)) >= 0;
  }

  private boolean ends(String suffix) {
    int from = word.length() - suffix.length();
    return from >= 0 && word.indexOf(suffix, from) == from;
  }

  private void cut(int length) {
    word.setLength(word.length() - length);
  }

  private void replace(int from, String with) {
    word.setLength(from);
    word.append(with);
  }
}
