package io.picsync.archive;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * The names of pictures while they are being stored: {@code .NAME.TOKEN.picsync.part}. The token
 * tells the {@link Owner}, its start and this store, so two processes, or two syncs of one process,
 * never write one file, and what a killed one left is known again. Hidden by the dot, so that
 * listings and web servers pass over it. Thread-safe.
 */
public final class TemporaryNames {
  private static final String SUFFIX = ".picsync.part";
  private static final String HEX = "[0-9a-f]{8}";
  private static final Pattern OURS =
      Pattern.compile(
          "\\..*\\.(?<owner>" + HEX + ")(?<start>" + HEX + ")" + HEX + "\\.picsync\\.part");

  private final Owner owner;
  private final String start = hex(ThreadLocalRandom.current().nextInt());
  private final AtomicInteger stores = new AtomicInteger();

  /**
   * @param owner whose start this is
   */
  public TemporaryNames(Owner owner) {
    this.owner = owner;
  }

  private static String hex(int number) {
    return HexFormat.of().toHexDigits(number);
  }

  /**
   * Another one at each call, in the same folder as the picture, and as short as {@link
   * Names#LONGEST} asks.
   */
  public String of(String name) {
    String ending = "." + owner.id() + start + hex(stores.getAndIncrement()) + SUFFIX;
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    if (1 + bytes.length + ending.length() <= Names.LONGEST) {
      return "." + name + ending;
    }
    CRC32 sum = new CRC32();
    sum.update(bytes);
    return ".long-name-" + hex((int) sum.getValue()) + ending;
  }

  /** Whether some picsync made this name. */
  public static boolean isOurs(String name) {
    return OURS.matcher(name).matches();
  }

  /**
   * Whether a process of this installation made this name and is gone. To be asked of a name that
   * was listed before: then nobody can be writing that file.
   */
  public boolean isStale(String name) {
    Matcher ours = OURS.matcher(name);
    return ours.matches()
        && !ours.group("start").equals(start)
        && owner.isGone(ours.group("owner"));
  }

  /**
   * To be called by a server before it removes a file.
   *
   * @throws RefusedException when no picsync made that name: a picture is never removed
   */
  public static void refuseOthers(Location file) throws RefusedException {
    if (!isOurs(file.name())) {
      throw new RefusedException(
          "%s is no temporary file of picsync; nothing else is ever removed.".formatted(file));
    }
  }
}
