package io.picsync.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.picsync.testing.OwnThread;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class RunTest {
  private final Run run = run("source1");

  static Run run(String name) {
    return new Run(
        new SyncOptions(
            name, "old/a", "new/a", null, null, false, Duration.ZERO, 50, Duration.ZERO),
        Mode.sync,
        Clock.fixed(Instant.parse("2026-11-22T16:45:43.123Z"), ZoneOffset.UTC));
  }

  @Test
  void idSortsByTimeAndNamesTheSync() {
    assertThat(run.id()).isEqualTo("20261122T164543123Z-source1");
  }

  @Test
  void newRunWaitsAndGoesOn() {
    assertThat(run.phase()).isEqualTo(Phase.waiting);
    assertThat(run.goesOn()).isTrue();
    assertThat(run.status()).isEqualTo(RunStatus.completed);
    assertThat(run.cause()).isNull();
  }

  /** What happens, in order, and the end that is reported. */
  static Stream<Arguments> ends() {
    Consumer<Run> incomplete = run -> run.incomplete("a folder");
    Consumer<Run> another = run -> run.incomplete("another folder");
    Consumer<Run> halt = run -> run.halt("disk full");
    Consumer<Run> fail = run -> run.fail("server gone");
    Consumer<Run> cancel = run -> run.cancel("by hand");
    return Stream.of(
        Arguments.of("incomplete", incomplete, another, RunStatus.incomplete, "a folder"),
        Arguments.of("incomplete, halt", incomplete, halt, RunStatus.incomplete, "a folder"),
        Arguments.of("halt, incomplete", halt, incomplete, RunStatus.incomplete, "disk full"),
        Arguments.of("incomplete, fail", incomplete, fail, RunStatus.failed, "server gone"),
        Arguments.of("fail, incomplete", fail, incomplete, RunStatus.failed, "server gone"),
        Arguments.of("fail, cancel", fail, cancel, RunStatus.cancelled, "by hand"),
        Arguments.of("cancel, fail", cancel, fail, RunStatus.cancelled, "by hand"),
        Arguments.of("cancel, incomplete", cancel, incomplete, RunStatus.cancelled, "by hand"),
        Arguments.of("incomplete, cancel", incomplete, cancel, RunStatus.cancelled, "by hand"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("ends")
  void worseEndWinsAndOfEqualsTheFirst(
      String name, Consumer<Run> first, Consumer<Run> second, RunStatus status, String cause) {
    first.accept(run);
    second.accept(run);

    assertThat(run.status()).isEqualTo(status);
    assertThat(run.cause()).isEqualTo(cause);
  }

  @Test
  void untrustedFolderOrFailedPictureDoesNotStopARun() {
    run.incomplete("a folder");
    assertThat(run.goesOn()).isTrue();
  }

  @Test
  void haltFailureAndCancellationStopIt() {
    run.halt("disk full");
    assertThat(run.goesOn()).isFalse();

    Run failed = run("failed");
    failed.fail("server gone");
    assertThat(failed.goesOn()).isFalse();
    assertThat(failed.cancelled()).isFalse();

    Run cancelled = run("cancelled");
    cancelled.cancel("by hand");
    assertThat(cancelled.goesOn()).isFalse();
    assertThat(cancelled.cancelled()).isTrue();
  }

  @Test
  void pausedRunHoldsWhoeverAsksUntilItIsResumed() throws Exception {
    run.pause();
    CompletableFuture<Boolean> asked = OwnThread.call(run::goesOn);
    await().during(100, TimeUnit.MILLISECONDS).until(() -> !asked.isDone());

    run.resume();
    assertThat(asked.get(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void cancellationLetsWhoeverWaitsInAPauseGo() throws Exception {
    run.pause();
    CompletableFuture<Boolean> asked = OwnThread.call(run::goesOn);

    run.cancel("by hand");
    assertThat(asked.get(10, TimeUnit.SECONDS)).isFalse();
    run.pause();
    assertThat(run.paused()).as("paused after it was cancelled").isFalse();
  }

  @Test
  void interruptedPauseCancels() throws Exception {
    run.pause();
    Thread waiting = new Thread(run::goesOn);
    waiting.start();
    await().until(() -> waiting.getState() == Thread.State.WAITING);
    waiting.interrupt();
    waiting.join();
    assertThat(run.status()).isEqualTo(RunStatus.cancelled);
  }

  @Test
  void partIsMadeOnceAndKept() {
    assertThat(run.find(StringBuilder.class)).isEmpty();
    StringBuilder made = run.part(StringBuilder.class, of -> new StringBuilder(of.sync()));
    assertThat(run.part(StringBuilder.class, of -> new StringBuilder())).isSameAs(made);
    assertThat(run.find(StringBuilder.class)).containsSame(made);
  }

  @Test
  void pausedRunThatIsHaltedEnds() {
    run.pause();
    CompletableFuture<Boolean> waits = OwnThread.call(run::goesOn);
    run.halt("Blackout hours began.");
    await().until(waits::isDone);
    assertThat(waits).isCompletedWithValue(false);
  }

  @Test
  void whatComesAfterTheReportChangesNothing() {
    run.reported();
    run.cancel("by hand");
    run.endAtPicture("an edit");
    assertThat(run.halt("full")).isFalse();
    assertThat(run.status()).isEqualTo(RunStatus.completed);
    assertThat(run.cancelled()).isFalse();
  }
}
