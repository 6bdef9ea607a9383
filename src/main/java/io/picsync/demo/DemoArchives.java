package io.picsync.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/**
 * Two archives of one camera in the middle of a migration, and what a comparison must find there.
 *
 * <p>The files of the old server were duplicated to the new one, incompletely; at 22:00 on the
 * second day the camera was pointed at the new server, which cut an upload to the old one short.
 * The old server is the source. Modified times are the capture times, read as UTC.
 *
 * @param oldHome the home folder of the old server; the archive is {@link #ARCHIVE} below it
 * @param newHome the same of the new server
 * @param differs same path, other size; its bytes are those of the source
 * @param ignoredTemporary unfinished uploads at the source
 * @param ignoredProcess working copies at the source
 */
public record DemoArchives(
    Path oldHome,
    Path newHome,
    Count source,
    Count destination,
    Count inBoth,
    Count differs,
    Count missingInDestination,
    Count missingInSource,
    long ignoredTemporary,
    long ignoredProcess) {

  /** The archive's folder below either home. */
  public static final String ARCHIVE = "cam1/pictures";

  private static final LocalDate FIRST_DAY = LocalDate.of(2011, 7, 14);
  private static final LocalDate LAST_DAY = FIRST_DAY.plusDays(1);
  private static final int MINUTES = 20;
  private static final List<Integer> RAW_HOURS = List.of(6, 10, 14, 18);
  private static final int RAW_BYTES = 200_000;

  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("uuuuMMdd", Locale.ROOT);
  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("uuuuMMddHHmmss", Locale.ROOT);

  private static final LocalDateTime SWITCH_OVER = LAST_DAY.atTime(22, 0);
  private static final LocalDateTime TRUNCATED = LAST_DAY.atTime(9, 20);
  private static final LocalDateTime WORKING_COPY = LAST_DAY.atTime(12, 0);
  private static final LocalDateTime GAP_START = FIRST_DAY.atTime(12, 0);
  private static final LocalDateTime GAP_END = FIRST_DAY.atTime(18, 0);
  private static final Set<LocalDateTime> SCATTERED =
      Set.of(
          FIRST_DAY.atTime(3, 20),
          FIRST_DAY.atTime(7, 40),
          FIRST_DAY.atTime(21, 0),
          LAST_DAY.atTime(0, 20),
          LAST_DAY.atTime(6, 40),
          LAST_DAY.atTime(10, 0),
          LAST_DAY.atTime(15, 20));

  /** So many pictures of either kind, and the bytes of both together. */
  public record Count(long jpg, long raw, long bytes) {
    public long total() {
      return jpg + raw;
    }
  }

  /** One picture as both sides have it; an absent one has no bytes. */
  private record Pair(boolean raw, long sourceBytes, long destinationBytes) {
    boolean atSource() {
      return sourceBytes > 0;
    }

    boolean atDestination() {
      return destinationBytes > 0;
    }

    boolean same() {
      return sourceBytes == destinationBytes;
    }
  }

  /**
   * Makes {@code old} and {@code new} in a folder. About 150 pictures, 12 MB, a few seconds.
   *
   * @throws FileAlreadyExistsException when one of them is there already; nothing is changed then
   */
  public static DemoArchives create(Path folder) throws IOException {
    return create(folder, 640, 360);
  }

  static DemoArchives create(Path folder, int width, int height) throws IOException {
    Path oldHome = folder.resolve("old");
    Path newHome = folder.resolve("new");
    for (Path home : List.of(oldHome, newHome)) {
      if (Files.exists(home)) {
        throw new FileAlreadyExistsException(
            home.toString(), null, "the demo makes its archives anew: name an empty folder");
      }
    }
    Path source = oldHome.resolve(ARCHIVE);
    Path destination = newHome.resolve(ARCHIVE);
    try {
      List<Pair> pairs =
          new ArrayList<>(
              captures().parallelStream()
                  .map(time -> picture(source, destination, time, width, height))
                  .toList());
      rawCaptures().forEach(time -> pairs.add(raw(source, destination, time)));
      leaveUnfinished(source, width, height);
      return count(oldHome, newHome, pairs);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static List<LocalDateTime> captures() {
    List<LocalDateTime> times = new ArrayList<>();
    LocalDateTime end = LAST_DAY.plusDays(1).atStartOfDay();
    for (LocalDateTime t = FIRST_DAY.atStartOfDay(); t.isBefore(end); t = t.plusMinutes(MINUTES)) {
      times.add(t);
    }
    return times;
  }

  private static List<LocalDateTime> rawCaptures() {
    return RAW_HOURS.stream()
        .map(hour -> LocalTime.of(hour, 0))
        .flatMap(time -> List.of(FIRST_DAY.atTime(time), LAST_DAY.atTime(time)).stream())
        .toList();
  }

  private static Pair picture(
      Path source, Path destination, LocalDateTime time, int width, int height) {
    byte[] whole = SkyPicture.jpeg(time, width, height);
    String path = DAY.format(time) + "/" + NAME.format(time) + ".jpg";
    byte[] old = time.isBefore(SWITCH_OVER) ? whole : new byte[0];
    byte[] copy = lost(time) ? new byte[0] : time.equals(TRUNCATED) ? half(whole) : whole;
    store(source.resolve(path), old, time);
    store(destination.resolve(path), copy, time);
    return new Pair(false, old.length, copy.length);
  }

  /** The first day's raw pictures are lost with their folder, and one of the second day's. */
  private static Pair raw(Path source, Path destination, LocalDateTime time) {
    byte[] old = rawBytes(time);
    boolean lost = time.toLocalDate().equals(FIRST_DAY) || time.getHour() == RAW_HOURS.get(0);
    byte[] copy = lost ? new byte[0] : old;
    String path = "raw/" + DAY.format(time) + "/" + NAME.format(time) + ".raw";
    store(source.resolve(path), old, time);
    store(destination.resolve(path), copy, time);
    return new Pair(true, old.length, copy.length);
  }

  private static boolean lost(LocalDateTime time) {
    boolean inGap = !time.isBefore(GAP_START) && time.isBefore(GAP_END);
    return inGap || SCATTERED.contains(time);
  }

  private static byte[] rawBytes(LocalDateTime time) {
    SplittableRandom random = new SplittableRandom(time.toEpochSecond(ZoneOffset.UTC));
    byte[] bytes = new byte[RAW_BYTES + random.nextInt(10_000)];
    random.nextBytes(bytes);
    ByteBuffer.wrap(bytes).putInt(0x49492a00).putInt(0x08000000);
    return bytes;
  }

  private static void leaveUnfinished(Path source, int width, int height) {
    Path day = source.resolve(DAY.format(LAST_DAY));
    byte[] cut = half(SkyPicture.jpeg(SWITCH_OVER, width, height));
    store(day.resolve("." + NAME.format(SWITCH_OVER) + ".jpg.part"), cut, SWITCH_OVER);
    byte[] copy = SkyPicture.jpeg(WORKING_COPY, width / 2, height / 2);
    store(day.resolve("process-" + NAME.format(WORKING_COPY) + ".jpg"), copy, WORKING_COPY);
  }

  private static byte[] half(byte[] whole) {
    return Arrays.copyOf(whole, whole.length / 2);
  }

  private static void store(Path file, byte[] bytes, LocalDateTime captured) {
    if (bytes.length == 0) {
      return;
    }
    try {
      Path folder = file.getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      Files.write(file, bytes);
      Files.setLastModifiedTime(file, FileTime.from(captured.toInstant(ZoneOffset.UTC)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static DemoArchives count(Path oldHome, Path newHome, List<Pair> pairs) {
    return new DemoArchives(
        oldHome,
        newHome,
        count(pairs, Pair::atSource, Pair::sourceBytes),
        count(pairs, Pair::atDestination, Pair::destinationBytes),
        count(pairs, Pair::same, Pair::sourceBytes),
        count(pairs, p -> p.atSource() && p.atDestination() && !p.same(), Pair::sourceBytes),
        count(pairs, p -> !p.atDestination(), Pair::sourceBytes),
        count(pairs, p -> !p.atSource(), Pair::destinationBytes),
        1,
        1);
  }

  private static Count count(List<Pair> pairs, Predicate<Pair> which, ToLongFunction<Pair> bytes) {
    List<Pair> chosen = pairs.stream().filter(which).toList();
    long raw = chosen.stream().filter(Pair::raw).count();
    return new Count(chosen.size() - raw, raw, chosen.stream().mapToLong(bytes).sum());
  }
}
