package io.picsync.archive.lines;

import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** Words of many languages as the bytes that servers send. Immutable, thread-safe. */
final class Words {
  private static final Comparator<byte[]> BY_BYTES = Arrays::compare;

  private final byte[][] sorted;

  /**
   * @param table one language a line: its legacy encodings, a bar, its words, parted by blanks; an
   *     underscore stands for a blank inside a word
   */
  Words(String table) {
    Set<byte[]> words = new TreeSet<>(BY_BYTES);
    table
        .lines()
        .forEach(
            language -> {
              int bar = language.indexOf('|');
              String[] encodings = ("UTF-8 " + language.substring(0, bar)).strip().split(" +", -1);
              for (String word : language.substring(bar + 1).strip().split(" +", -1)) {
                for (String encoding : encodings) {
                  addAll(words, word.replace('_', ' '), Charset.forName(encoding));
                }
              }
            });
    sorted = words.toArray(byte[][]::new);
  }

  private static void addAll(Set<byte[]> words, String word, Charset charset) {
    String upper = word.toUpperCase(Locale.ROOT);
    for (String spelled : new String[] {word, upper.charAt(0) + word.substring(1), upper}) {
      if (charset.newEncoder().canEncode(spelled)) {
        words.add(spelled.getBytes(charset));
      }
    }
  }

  /** Whether the bytes between the offsets are one of the words. */
  boolean contain(Line line, int from, int to) {
    int low = 0;
    int high = sorted.length - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      byte[] word = sorted[middle];
      int order =
          Arrays.compare(
              word, 0, word.length, line.bytes(), line.start() + from, line.start() + to);
      if (order == 0) {
        return true;
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return false;
  }
}
