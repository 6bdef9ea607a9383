package io.picsync.compare;

import java.util.Locale;
import java.util.Set;

/** The kinds that reports count apart. */
enum PictureKind {
  JPG,
  RAW,
  OTHER;

  private static final Set<String> JPGS = Set.of("jpg", "jpeg");

  /** {@code .raw} and what the camera makers call theirs. */
  private static final Set<String> RAWS =
      Set.of(
          "raw", "cr2", "cr3", "crw", "nef", "nrw", "arw", "srf", "sr2", "raf", "orf", "rw2", "rwl",
          "pef", "ptx", "dng", "srw", "x3f", "3fr", "fff", "iiq", "mrw", "dcr", "kdc", "erf", "mef",
          "mos", "gpr");

  /** The endings of raw pictures. */
  static Set<String> raws() {
    return RAWS;
  }

  /** By the name's ending, whatever its case. */
  static PictureKind of(String name) {
    if (name.endsWith(".jpg")) {
      return JPG; // nearly all
    }
    String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    if (ending.length() == name.length()) {
      return OTHER;
    }
    if (JPGS.contains(ending)) {
      return JPG;
    }
    return RAWS.contains(ending) ? RAW : OTHER;
  }
}
