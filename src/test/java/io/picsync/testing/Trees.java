package io.picsync.testing;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntUnaryOperator;
import java.util.stream.Stream;

/** Makes and compares trees of pictures in folders of this machine. */
public final class Trees {
  private static final int SECONDS_PER_DAY = 86_400;
  private static final byte[] NOISE = noise();
  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyyyMMdd", Locale.ROOT);
  private static final DateTimeFormatter SECOND =
      DateTimeFormatter.ofPattern("yyyyMMddHHmmss", Locale.ROOT);

  private Trees() {}

  /**
   * Makes day folders with pictures spread evenly over each day, and sets their modified time to
   * the capture time, taken as UTC. The same arguments always make the same bytes.
   *
   * @param perDay at most one a second
   * @param size tells the bytes of each picture by its number in the tree, from 0
   * @return the pictures' paths relative to the root, in order
   */
  public static List<String> dayFolders(
      Path root, LocalDate first, int days, int perDay, IntUnaryOperator size) throws IOException {
    if (perDay < 1 || perDay > SECONDS_PER_DAY) {
      throw new IllegalArgumentException("Pictures per day must be 1..86400, not " + perDay);
    }
    List<String> paths = new ArrayList<>(days * perDay);
    for (int day = 0; day < days; day++) {
      LocalDate date = first.plusDays(day);
      String folderName = DAY.format(date);
      Path folder = Files.createDirectories(root.resolve(folderName));
      for (int i = 0; i < perDay; i++) {
        LocalDateTime taken = date.atStartOfDay().plusSeconds((long) i * SECONDS_PER_DAY / perDay);
        String name = SECOND.format(taken) + ".jpg";
        Path file = folder.resolve(name);
        Files.write(file, picture(paths.size(), size.applyAsInt(paths.size())));
        Files.setLastModifiedTime(file, FileTime.from(taken.toInstant(ZoneOffset.UTC)));
        paths.add(folderName + "/" + name);
      }
    }
    return paths;
  }

  /**
   * The content of one picture: JPEG markers at both ends as far as they fit, noise between that no
   * other number has, no zeros.
   */
  public static byte[] picture(int number, int bytes) {
    byte[] content = new byte[bytes];
    for (int from = 0; from < bytes; from += NOISE.length) {
      System.arraycopy(NOISE, 0, content, from, Math.min(NOISE.length, bytes - from));
    }
    byte[] start = {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF, (byte) 0xDA};
    byte[] end = {(byte) 0xFF, (byte) 0xD9};
    String label = String.format(Locale.ROOT, "%010d", number);
    for (int i = 0; i < label.length() && start.length + i < bytes; i++) {
      content[start.length + i] = (byte) label.charAt(label.length() - 1 - i);
    }
    System.arraycopy(start, 0, content, 0, Math.min(start.length, bytes));
    if (bytes >= start.length) {
      System.arraycopy(end, 0, content, bytes - end.length, end.length);
    }
    return content;
  }

  /** Writes one picture, and the folders above it, with a given modified time. */
  public static void put(Path root, String path, byte[] content, Instant modified)
      throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.resolveSibling("."));
    Files.write(file, content);
    Files.setLastModifiedTime(file, FileTime.from(modified));
  }

  /** Removes all that is in the folder. */
  public static void clear(Path root) throws IOException {
    List<Path> below;
    try (Stream<Path> all = Files.walk(root)) {
      below = all.filter(path -> !path.equals(root)).sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : below) {
      Files.delete(path);
    }
  }

  /**
   * All files, hidden ones included, with size and SHA-256: {@code 1024 9f86d0…}. Taken anew while
   * files go meanwhile, as a temporary one does when a run is at work and names it.
   */
  public static SortedMap<String, String> snapshot(Path root) throws IOException {
    return snapshot(root, false);
  }

  /** Like {@link #snapshot} with the modified time appended, whole seconds since 1970. */
  public static SortedMap<String, String> snapshotWithTimes(Path root) throws IOException {
    return snapshot(root, true);
  }

  /**
   * Distinct names that a Linux server accepts, each ending in {@code .jpg}, none hidden: spaces,
   * umlauts in both normal forms, wildcards, quotes, shell, URI and Camel syntax, look-alikes of
   * listing lines, twins by case, and one of 255 bytes, next to which no longer temporary name
   * fits.
   */
  public static List<String> hostileNames() {
    return HostileNames.all();
  }

  private static SortedMap<String, String> snapshot(Path root, boolean times) throws IOException {
    while (true) {
      try {
        return walk(root, times);
      } catch (NoSuchFileException e) {
        if (!Files.exists(root)) {
          throw e;
        }
      }
    }
  }

  private static SortedMap<String, String> walk(Path root, boolean times) throws IOException {
    SortedMap<String, String> files = new TreeMap<>();
    MessageDigest digest = sha256();
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            byte[] content = Files.readAllBytes(file);
            String told = content.length + " " + HexFormat.of().formatHex(digest.digest(content));
            if (times) {
              told += " " + attributes.lastModifiedTime().toInstant().getEpochSecond();
            }
            files.put(root.relativize(file).toString(), told);
            return FileVisitResult.CONTINUE;
          }
        });
    return files;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }

  private static byte[] noise() {
    byte[] noise = new byte[64 * 1024];
    new Random(20_110_714).nextBytes(noise);
    for (int i = 0; i < noise.length; i++) {
      noise[i] |= 1;
    }
    return noise;
  }
}
