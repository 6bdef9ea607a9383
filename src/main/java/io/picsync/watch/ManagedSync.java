package io.picsync.watch;

import io.picsync.sync.Mode;
import io.picsync.sync.Run;
import io.picsync.sync.SyncEndpoint;
import java.time.Instant;
import java.util.Optional;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedOperation;
import org.apache.camel.api.management.ManagedResource;

/** A sync as JMX shows it. Thread-safe. */
@ManagedResource(description = "A sync: source archive to destination archive")
public final class ManagedSync {
  private final SyncEndpoint sync;

  public ManagedSync(SyncEndpoint sync) {
    this.sync = sync;
  }

  @ManagedAttribute(description = "The sync's name")
  public String getName() {
    return sync.getName();
  }

  @ManagedAttribute(description = "The source archive")
  public String getSource() {
    return sync.getSource();
  }

  @ManagedAttribute(description = "The destination archive")
  public String getDestination() {
    return sync.getDestination();
  }

  @ManagedAttribute(description = "idle, waiting, comparing, transferring, reporting or paused")
  public String getSyncState() {
    return sync.run().map(run -> run.paused() ? "paused" : run.phase().name()).orElse("idle");
  }

  @ManagedAttribute(description = "The last run's id, empty before the first")
  public String getLastRunId() {
    return sync.lastRun().map(Run::id).orElse("");
  }

  @ManagedAttribute(description = "How the last run ended, empty before the first")
  public String getLastRunStatus() {
    return sync.lastRun().map(run -> run.status().name()).orElse("");
  }

  @ManagedAttribute(description = "Pictures missing in the destination, of this or the last run")
  public long getMissing() {
    return latest().map(run -> run.progress().stillMissing()).orElse(0L);
  }

  @ManagedAttribute(description = "Bytes per second of the run going on")
  public long getRate() {
    return sync.run().map(run -> run.progress().rate()).orElse(0L);
  }

  @ManagedAttribute(description = "Seconds that the run going on still needs")
  public long getEtaSeconds() {
    return sync.run().map(run -> run.progress().eta().toSeconds()).orElse(0L);
  }

  @ManagedAttribute(description = "When it runs next by itself, empty for never")
  public String getNextRun() {
    return sync.nextRun().map(Instant::toString).orElse("");
  }

  @ManagedAttribute(description = "What an operator has to look at, empty for nothing")
  public String getAlarm() {
    return sync.lastRun().map(Run::alarm).orElse("");
  }

  private Optional<Run> latest() {
    return sync.run().or(sync::lastRun);
  }

  @ManagedOperation(description = "Starts a run that compares and reports")
  public void startCheck() {
    sync.start(Mode.check);
  }

  @ManagedOperation(description = "Starts a run that compares, transfers and reports")
  public void startSync() {
    sync.start(Mode.sync);
  }

  @ManagedOperation(description = "Stops the run going on; its report says cancelled")
  public void cancelRun() {
    sync.run().ifPresent(run -> run.cancel("Cancelled by the operator."));
  }

  @ManagedOperation(description = "Lets the pictures under way finish and begins no further ones")
  public void pauseRun() {
    sync.run().ifPresent(Run::pause);
  }

  @ManagedOperation(description = "Goes on after a pause")
  public void resumeRun() {
    sync.run().ifPresent(Run::resume);
  }

  @ManagedOperation(
      description = "Takes what the source has at the next run as right; the alarm ends then")
  public void acknowledgeAlarm() {
    sync.acknowledgeAlarm();
  }
}
