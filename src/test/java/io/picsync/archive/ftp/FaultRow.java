package io.picsync.archive.ftp;

import io.picsync.archive.ArchiveException;
import io.picsync.archive.NoSpaceException;
import io.picsync.archive.PassingException;
import io.picsync.archive.RefusedException;
import io.picsync.archive.UnavailableException;
import io.picsync.archive.UnsettledException;
import io.picsync.testing.Fault;
import org.jspecify.annotations.Nullable;

/**
 * A row of the fault matrix: what a server does wrong at which command, and what picsync makes of
 * it.
 *
 * @param verb the command that meets the fault
 * @param what the server's behaviour in words, read after "the server"
 */
record FaultRow(String verb, String what, Fault fault, Verdict verdict) {

  /** What a call ends with. The words stand in the table of the docs. */
  enum Verdict {
    WHOLE(null, "done, whole and verified"),
    UNTRUSTED(null, "folder untrusted: nothing in it is called missing"),
    PASSING(PassingException.class, "tried again"),
    UNSETTLED(UnsettledException.class, "still being written: left to the next run"),
    REFUSED(RefusedException.class, "this picture fails, the run goes on"),
    NO_SPACE(NoSpaceException.class, "no space: the run stops once"),
    UNAVAILABLE(UnavailableException.class, "server unavailable: its runs stop");

    private final @Nullable Class<? extends ArchiveException> kind;
    private final String words;

    Verdict(@Nullable Class<? extends ArchiveException> kind, String words) {
      this.kind = kind;
      this.words = words;
    }

    /** Null where nothing is thrown. */
    @Nullable Class<? extends ArchiveException> kind() {
      return kind;
    }

    String words() {
      return words;
    }
  }

  @Override
  public String toString() {
    return verb + " " + what;
  }
}
