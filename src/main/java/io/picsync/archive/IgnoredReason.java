package io.picsync.archive;

/** Why a file takes no part in a comparison. The keys stand in reports. */
public enum IgnoredReason {
  /** An upload under way or left over: a dot name, {@code .part}, {@code .tmp} and their like. */
  TEMPORARY("temporary"),
  /** Not one of the wanted kinds. */
  KIND("kind"),
  /** A {@code process-*} working copy of the camera software. */
  PROCESS("process"),
  /** Left out by the sync's own patterns; a folder counts once, its content is not listed. */
  EXCLUDED("excluded"),
  /** A name that is refused: control characters, a path in it, over-long, wrongly encoded. */
  REFUSED_NAME("refused-name"),
  /** A symbolic link, device, socket or pipe. */
  NOT_A_FILE("not-a-file"),
  /** Still being written, as far as its modified time tells. */
  UNSETTLED("unsettled"),
  /** A picture whose name is a link, a device or a folder on the other side: it is not missing. */
  NAME_TAKEN("name-taken");

  private final String key;

  IgnoredReason(String key) {
    this.key = key;
  }

  public String key() {
    return key;
  }
}
