package io.picsync.command;

import io.picsync.archive.Secret;
import java.util.Locale;

/** A command line that is wrong. The message is one line for the user: what, and what is wanted. */
final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UsageException(String message) {
    super(message);
  }

  /**
   * A word that is none of those known, with the one that it resembles.
   *
   * @param otherwise what to tell when it resembles none
   */
  static UsageException unknown(
      String kind, String word, Iterable<String> known, String otherwise) {
    String told = otherwise;
    int most = 0;
    for (String each : known) {
      int alike = alike(word, each);
      if (alike > most) {
        most = alike;
        told = " Did you mean '" + each + "'?";
      }
    }
    return new UsageException("There is no " + kind + " '" + Secret.masked(word) + "'." + told);
  }

  /**
   * How many letters two words share at beginning and end. 0 when the one can't be meant for the
   * other: it begins otherwise, or shares less than half and is no abbreviation.
   */
  private static int alike(String word, String known) {
    String one = letters(word);
    String other = letters(known);
    int shorter = Math.min(one.length(), other.length());
    int begin = 0;
    while (begin < shorter && one.charAt(begin) == other.charAt(begin)) {
      begin++;
    }
    int alike = begin;
    while (alike < shorter
        && one.charAt(one.length() - 1 - alike + begin)
            == other.charAt(other.length() - 1 - alike + begin)) {
      alike++;
    }
    boolean half = 2 * alike >= Math.max(one.length(), other.length());
    return begin > 0 && (half || begin == one.length()) ? alike : 0;
  }

  private static String letters(String word) {
    int begin = 0;
    while (begin < word.length() && word.charAt(begin) == '-') {
      begin++;
    }
    return word.substring(begin).toLowerCase(Locale.ROOT);
  }
}
