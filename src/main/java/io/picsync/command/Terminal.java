package io.picsync.command;

import io.picsync.sync.Phase;
import io.picsync.sync.Progress;
import io.picsync.sync.Run;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;

/**
 * Shows a run's progress on standard error: one line that is drawn anew on a terminal, a plain line
 * now and then elsewhere. One thread.
 */
final class Terminal {
  private static final Duration PLAIN = Duration.ofSeconds(10);

  private final PrintWriter out;
  private final boolean live;
  private long lastPlain = System.nanoTime();
  private int drawn;

  /**
   * @param live whether the line may be drawn over
   */
  Terminal(PrintWriter out, boolean live) {
    this.out = out;
    this.live = live;
  }

  void show(Run run) {
    if (live) {
      draw(line(run));
    } else if (System.nanoTime() - lastPlain > PLAIN.toNanos()) {
      lastPlain = System.nanoTime();
      out.println(line(run));
      out.flush();
    }
  }

  /** Leaves a clean line for what follows. */
  void end() {
    if (live && drawn > 0) {
      draw("");
      out.print('\r');
      out.flush();
    }
  }

  private void draw(String line) {
    out.print('\r' + line + " ".repeat(Math.max(0, drawn - line.length())));
    out.flush();
    drawn = line.length();
  }

  static String line(Run run) {
    Progress progress = run.progress();
    if (run.phase() == Phase.transferring && progress.missing() > 0) {
      String line =
          String.format(
              Locale.ROOT,
              "transferring  %,d of %,d pictures  %s of %s",
              progress.done(),
              progress.missing(),
              bytes(progress.doneBytes()),
              bytes(progress.missingBytes()));
      return progress.rate() == 0
          ? line // how long it takes nobody knows yet
          : "%s  %s/s  %s to go".formatted(line, bytes(progress.rate()), time(progress.eta()));
    }
    return String.format(
        Locale.ROOT,
        "%-12s  %,d folders  %,d pictures of both sides  %,d missing  %s",
        run.phase(),
        progress.folders(),
        progress.pictures(),
        progress.missing(),
        bytes(progress.missingBytes()));
  }

  /** 1536 as {@code 1.5 KiB}. */
  static String bytes(long bytes) {
    if (bytes < 1024) {
      return bytes + " B";
    }
    double value = bytes;
    int unit = -1;
    while (value >= 1024 && unit < 5) {
      value /= 1024;
      unit++;
    }
    return String.format(Locale.ROOT, "%.1f %siB", value, "KMGTPE".charAt(unit));
  }

  /** {@code 1:02:03}, {@code 2:03}. */
  static String time(Duration time) {
    return time.toHours() > 0
        ? String.format(
            Locale.ROOT, "%d:%02d:%02d", time.toHours(), time.toMinutesPart(), time.toSecondsPart())
        : String.format(Locale.ROOT, "%d:%02d", time.toMinutes(), time.toSecondsPart());
  }
}
