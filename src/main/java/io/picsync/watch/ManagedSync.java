package io.picsync.watch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.picsync.archive.Archive;
import io.picsync.archive.Server;
import io.picsync.archive.Servers;
import io.picsync.report.Acknowledgements;
import io.picsync.report.ReportSteps;
import io.picsync.sync.Mode;
import io.picsync.sync.Run;
import io.picsync.sync.SyncEndpoint;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedOperation;
import org.apache.camel.api.management.ManagedResource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A sync as JMX shows it. Thread-safe. */
@ManagedResource(description = "A sync: source archive to destination archive")
public final class ManagedSync {
  private static final Logger LOG = LoggerFactory.getLogger(ManagedSync.class);

  private final SyncEndpoint sync;
  private final LatestReports reports;
  private final Acknowledgements acknowledgements;
  private final Servers servers;
  private final UnaryOperator<String> routeFault;

  /**
   * @param routeFault what is wrong in the route file of the sync of that name; empty for nothing
   */
  public ManagedSync(
      SyncEndpoint sync,
      LatestReports reports,
      Acknowledgements acknowledgements,
      Servers servers,
      UnaryOperator<String> routeFault) {
    this.sync = sync;
    this.reports = reports;
    this.acknowledgements = acknowledgements;
    this.servers = servers;
    this.routeFault = routeFault;
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
    return sync.run().map(ManagedSync::state).orElse("idle");
  }

  private static String state(Run run) {
    return run.paused() ? "paused" : run.waiting() ? "waiting" : run.phase().name();
  }

  @ManagedAttribute(description = "The last run's id, empty before the first")
  public String getLastRunId() {
    return sync.lastRun().map(Run::id).orElse("");
  }

  @ManagedAttribute(description = "How the last run ended, empty before the first")
  public String getLastRunStatus() {
    return sync.lastRun().map(run -> run.status().name()).orElse("");
  }

  @ManagedAttribute(
      description =
          "Pictures missing in the destination, by the last comparison and what was transferred since; -1 before the first")
  public long getMissing() {
    return reports.missing(sync).orElse(-1L);
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
    return reports.alarm(sync);
  }

  @ManagedAttribute(
      description = "What an edit of the sync's route file is refused for, empty for nothing")
  public String getRouteFault() {
    return routeFault.apply(sync.getName());
  }

  @ManagedAttribute(description = "What a scheduled run does: check or sync")
  public String getMode() {
    return sync.getMode().name();
  }

  @ManagedAttribute(description = "Pictures that this or the last run has compared, of both sides")
  public long getCompared() {
    return latest().map(run -> run.progress().pictures()).orElse(0L);
  }

  @ManagedAttribute(description = "Planned pictures of this or the last run that have an outcome")
  public long getDone() {
    return latest().map(run -> run.progress().done()).orElse(0L);
  }

  @ManagedAttribute(description = "Bytes that this or the last run has stored")
  public long getDoneBytes() {
    return latest().map(run -> run.progress().doneBytes()).orElse(0L);
  }

  @ManagedAttribute(
      description =
          "The oldest picture that the destination lacks, of a comparison since the start; empty for none")
  public String getOldestMissing() {
    return LatestReports.comparedRun(sync).map(run -> run.progress().oldestMissing()).orElse("");
  }

  @ManagedAttribute(
      description = "Why the last run since the start left no report, empty where it left one")
  public String getUnreported() {
    return ReportSteps.unreported(sync);
  }

  @ManagedAttribute(description = "When the last reported run ended, empty before the first")
  public String getLastReportFinished() {
    return report().path("finished").asText("");
  }

  @ManagedAttribute(description = "How the last reported run ended, empty before the first")
  public String getLastReportStatus() {
    return report().path("status").asText("");
  }

  @ManagedAttribute(description = "Why the last reported run was not completed, empty when it was")
  public String getLastReportCause() {
    return report().path("cause").asText("");
  }

  @ManagedAttribute(description = "Pictures of the source in the last report")
  public long getLastReportSource() {
    return report().at("/result/source/files/count/total").asLong();
  }

  @ManagedAttribute(description = "Pictures of the destination in the last report")
  public long getLastReportDestination() {
    return report().at("/result/destination/files/count/total").asLong();
  }

  @ManagedAttribute(description = "Pictures in both in the last report")
  public long getLastReportIntersect() {
    return report().at("/result/intersect/count/total").asLong();
  }

  @ManagedAttribute(description = "Pictures that differ in the last report")
  public long getLastReportDiffers() {
    return report().at("/result/differs/count/total").asLong();
  }

  @ManagedAttribute(
      description = "Pictures missing in the destination in the last report, before its transfer")
  public long getLastReportMissing() {
    return report().at("/result/destination/files/missing/count/total").asLong();
  }

  @ManagedAttribute(description = "Pictures that the last reported run transferred")
  public long getLastReportTransferred() {
    return report().at("/transfer/transferred").asLong();
  }

  @ManagedAttribute(description = "Pictures that failed in the last reported run")
  public long getLastReportFailed() {
    return report().at("/transfer/failed").asLong();
  }

  private JsonNode report() {
    return reports.of(sync).orElse(MissingNode.getInstance());
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

  @ManagedAttribute(description = "The most bytes of pictures a second each way, at this hour")
  public String getBandwidth() {
    return sync.bandwidth().now().toString();
  }

  @ManagedOperation(
      description =
          "Sets the bandwidth, such as 2MB/s or unlimited; empty for the one of the route again. Lasts until picsync stops or the route is edited")
  public String limitBandwidth(String rate) {
    return Rates.change(sync.bandwidth(), rate);
  }

  @ManagedOperation(
      description =
          "Stops the bytes within a second and begins nothing further; a picture under way begins anew after more than five seconds")
  public void pauseRun() {
    sync.run().ifPresent(Run::pause);
  }

  @ManagedOperation(description = "Goes on after a pause")
  public void resumeRun() {
    sync.run().ifPresent(Run::resume);
  }

  @ManagedOperation(
      description =
          "Sets the most connections at once to each of the sync's servers, until picsync stops")
  public void limitConnections(int connections) {
    for (String archive : List.of(sync.getSource(), sync.getDestination())) {
      Server server = Archive.of(archive, servers).server();
      if (server.state().configured() > 0) { // a folder has none
        new ManagedServer(server.name(), servers).limitConnections(connections);
      }
    }
  }

  @ManagedOperation(
      description =
          "Takes what the source has by the next report that sees all of it as right; the alarm ends then")
  public void acknowledgeAlarm() {
    if (getAlarm().isEmpty()) {
      throw new IllegalStateException("Sync %s has no alarm.".formatted(sync.getName()));
    }
    try {
      acknowledgements.note(sync.getName());
    } catch (IOException e) { // without the cause, whose class a client does not have
      throw new IllegalStateException("Not acknowledged. " + e.getMessage());
    }
    LOG.info("The alarm is acknowledged over JMX. sync={}", sync.getName());
  }
}
