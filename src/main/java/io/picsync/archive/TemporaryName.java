package io.picsync.archive;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * The name of a picture while it is being stored: {@code .NAME.TOKEN.picsync.part}. The token is
 * this store's own, so two processes, or two syncs of one process, never write one file. Hidden by
 * the dot, so that listings and web servers pass over it.
 */
public final class TemporaryName {
  private static final String SUFFIX = ".picsync.part";
  private static final AtomicInteger TOKEN = new AtomicInteger(new SecureRandom().nextInt());
  private static final Pattern OURS = Pattern.compile("\\..*\\.[0-9a-f]{8}\\.picsync\\.part");

  private TemporaryName() {}

  /**
   * Another one at each call, in the same folder as the picture, and as short as {@link
   * Names#LONGEST} asks.
   */
  public static String of(String name) {
    String ending = "." + HexFormat.of().toHexDigits(TOKEN.getAndIncrement()) + SUFFIX;
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    if (1 + bytes.length + ending.length() <= Names.LONGEST) {
      return "." + name + ending;
    }
    CRC32 sum = new CRC32();
    sum.update(bytes);
    return ".long-name-" + HexFormat.of().toHexDigits((int) sum.getValue()) + ending;
  }

  /** Whether some picsync made this name. */
  public static boolean isOurs(String name) {
    return OURS.matcher(name).matches();
  }
}
