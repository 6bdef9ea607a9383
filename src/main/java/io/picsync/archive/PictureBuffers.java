package io.picsync.archive;

import java.lang.ref.Reference;
import java.lang.ref.SoftReference;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * Arrays for pictures in memory, lent again and again: a new one for each picture would be zeroed,
 * make the heap grow and the collector copy it. Those that nobody takes go when memory is short.
 * Thread-safe.
 */
final class PictureBuffers {
  /** In bytes; what is smaller costs nothing worth keeping. */
  private static final int LEAST = 16 * 1024;

  private final Map<Integer, Deque<Reference<byte[]>>> idle = new ConcurrentHashMap<>();

  /**
   * @return an array of at least that size and at most an eighth more, filled with anything; the
   *     caller's until {@link #give}
   */
  byte[] take(int size) {
    int capacity = capacity(size);
    Deque<Reference<byte[]>> fitting = idle.get(capacity);
    if (fitting != null) {
      for (Reference<byte[]> kept = fitting.pollFirst(); kept != null; kept = fitting.pollFirst()) {
        byte[] array = kept.get();
        if (array != null) {
          return array;
        }
      }
    }
    return new byte[capacity];
  }

  /** Takes an array back, which nobody may touch from now on. */
  void give(byte[] array) {
    if (array.length >= LEAST) {
      idle.computeIfAbsent(array.length, length -> new ConcurrentLinkedDeque<>())
          .addFirst(new SoftReference<>(array));
    }
  }

  /** Eight sizes from one power of two to the next, so that pictures of like sizes share them. */
  private static int capacity(int size) {
    if (size < LEAST || size > 1 << 30) {
      return size;
    }
    int step = Integer.highestOneBit(size) >> 3;
    return (size + step - 1) / step * step;
  }
}
