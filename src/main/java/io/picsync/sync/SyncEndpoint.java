package io.picsync.sync;

import io.picsync.archive.Bandwidth;
import io.picsync.settings.Rate;
import io.picsync.settings.Settings;
import io.picsync.settings.SettingsException;
import io.picsync.settings.Timetable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.api.management.ManagedInstance;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.DefaultEndpoint;
import org.jspecify.annotations.Nullable;

/**
 * A sync: its options, its schedule, and the handle to start and find its runs. What JMX shows of
 * it is {@link SyncComponent#setManagedView the runtime's} to say. Thread-safe.
 */
@UriEndpoint(
    firstVersion = "0.1.0",
    scheme = "sync",
    title = "Picture sync",
    syntax = "sync:name",
    consumerOnly = true,
    category = {Category.FILE})
public final class SyncEndpoint extends DefaultEndpoint implements ManagedInstance {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,63}");

  private static final Pattern NOT_IN_URIS = Pattern.compile("\\?|%[0-9A-Fa-f]{2}");

  @UriPath(description = "The sync's name: letters, digits, - and _")
  @Metadata(required = true)
  private final String name;

  @UriParam(description = "The source archive: SERVER/FOLDER")
  @Metadata(required = true)
  private String source = "";

  @UriParam(description = "The destination archive: SERVER/FOLDER")
  @Metadata(required = true)
  private String destination = "";

  @UriParam(description = "What a scheduled run does", defaultValue = "check")
  private Mode mode = Mode.check;

  @UriParam(description = "When it runs: Quartz cron, seconds first")
  private @Nullable String cron;

  @UriParam(
      description = "The time zone of cron, blackout and bandwidth; the machine's own by default")
  private @Nullable String timeZone;

  @UriParam(description = "When it runs: the time from start to start, such as 10m")
  private @Nullable String interval;

  @UriParam(
      description =
          "Spreads the runs of many syncs: each starts later by its own part of this time span")
  private @Nullable String jitter;

  @UriParam(
      description =
          "Hours without scheduled runs, such as Mon-Fri 08:00-18:00; a run going on ends then")
  private @Nullable String blackout;

  @UriParam(
      description =
          "The most bytes of pictures a second each way, such as 2MB/s; also by hours: 08:00-18:00 2MB/s, otherwise unlimited",
      defaultValue = "unlimited")
  private @Nullable String bandwidth;

  @UriParam(description = "Ant patterns of the files that take part; all pictures by default")
  private @Nullable String antInclude;

  @UriParam(description = "Ant patterns of files and folders to leave out")
  private @Nullable String antExclude;

  @UriParam(description = "Whether a missing destination is made together with its parents")
  private boolean createDestination;

  @UriParam(
      description = "How long a picture must have rested to be taken, such as 30s; 0s takes all",
      defaultValue = "1m")
  private String settle = "1m";

  @UriParam(
      description =
          "A source with less than this percentage of the most it was seen to have raises an alarm; 0 never",
      defaultValue = "50")
  private int alarmBelow = 50;

  @UriParam(
      description =
          "Within which time settled older days are compared again, such as 1d; 0s compares everything in every run",
      defaultValue = "0s")
  private String sweep = "0s";

  private Schedule schedule = Schedule.NEVER;
  private Bandwidth limits = Bandwidth.unlimited();
  private volatile @Nullable SyncConsumer consumer;

  SyncEndpoint(String uri, SyncComponent component, String name) {
    super(uri, component);
    this.name = name;
  }

  void validate() {
    if (!NAME.matcher(name).matches()) {
      throw new SettingsException(
          "sync:%s: letters, digits, - and _ make a sync's name, 64 at most.".formatted(name));
    }
    if (source.isBlank() || destination.isBlank()) {
      throw new SettingsException(
          "sync:%s needs a source and a destination, each SERVER/FOLDER.".formatted(name));
    }
    checkArchive(source);
    checkArchive(destination);
    if (withoutEnd(source).equals(withoutEnd(destination))) {
      throw new SettingsException(
          "sync:%s has the same source and destination, %s.".formatted(name, source));
    }
    schedule = readSchedule();
    limits = new Bandwidth(readBandwidth(), clock());
    settleTime();
    sweepTime();
    if (alarmBelow < 0 || alarmBelow > 100) {
      throw new SettingsException(
          "sync:%s?alarmBelow=%d: a percentage from 0 to 100 is wanted."
              .formatted(name, alarmBelow));
    }
  }

  /** The routes put archives into endpoint URIs, where these stand for something else. */
  private void checkArchive(String archive) {
    if (NOT_IN_URIS.matcher(archive).find()) {
      throw new SettingsException(
          "sync:%s: the archive %s has a ? or %%-code in its name. Name that folder in picsync.server.NAME.uri instead, as %%3F or %%25."
              .formatted(name, archive));
    }
  }

  private static String withoutEnd(String archive) {
    return archive.replaceAll("/+$", "");
  }

  Schedule schedule() {
    return schedule;
  }

  private Schedule readSchedule() {
    boolean zoneIsForBandwidth = bandwidth != null && cron == null && blackout == null;
    Schedule read =
        Schedule.of(name, cron, interval, zoneIsForBandwidth ? null : timeZone, jitter, blackout);
    if (read.isAllBlackout(clock().instant())) {
      throw new SettingsException(
          "sync:%s?blackout=%s leaves no time at which it would run.".formatted(name, blackout));
    }
    return read;
  }

  private Timetable<Rate> readBandwidth() {
    String key = "sync:" + name + "?bandwidth";
    ZoneId zone =
        timeZone == null
            ? ZoneId.systemDefault()
            : Settings.zone("sync:" + name + "?timeZone", timeZone);
    return bandwidth == null
        ? Timetable.always(Rate.UNLIMITED)
        : Timetable.of(key, bandwidth, zone, rate -> Rate.parse(key, rate));
  }

  private Clock clock() {
    return ((SyncComponent) getComponent()).clock();
  }

  /** How fast its runs' pictures may come and go; the same object for all its runs. */
  public Bandwidth bandwidth() {
    return limits;
  }

  private Duration settleTime() {
    return Settings.duration("sync:" + name + "?settle", settle);
  }

  private Duration sweepTime() {
    return Settings.duration("sync:" + name + "?sweep", sweep);
  }

  SyncOptions options() {
    return new SyncOptions(
        name,
        source,
        destination,
        antInclude,
        antExclude,
        createDestination,
        settleTime(),
        alarmBelow,
        sweepTime());
  }

  @Override
  public boolean isSingleton() {
    return true;
  }

  @Override
  public Consumer createConsumer(Processor processor) throws Exception {
    SyncConsumer made = new SyncConsumer(this, (SyncComponent) getComponent(), processor);
    configureConsumer(made);
    consumer = made;
    return made;
  }

  @Override
  public Producer createProducer() {
    throw new UnsupportedOperationException("sync: starts routes; nothing can be sent to it.");
  }

  private SyncConsumer consumer() {
    SyncConsumer current = consumer;
    if (current == null) {
      throw new IllegalStateException("The route of sync " + name + " is not started.");
    }
    return current;
  }

  /**
   * Requests a run now.
   *
   * @return the run when it has ended
   * @throws IllegalStateException when the sync is running already
   */
  public Future<Run> start(Mode what) {
    return consumer().start(what);
  }

  /**
   * Goes on with what a run left that was ended for an edit.
   *
   * @param scheduled whether it was of the schedule; it is left to the schedule in blackout hours
   * @throws IllegalStateException when the sync is running already
   */
  public void goOn(Mode what, boolean scheduled) {
    consumer().goOn(what, scheduled);
  }

  /** The run going on or waiting for its turn. */
  public Optional<Run> run() {
    SyncConsumer current = consumer;
    return current == null ? Optional.empty() : current.run();
  }

  /**
   * Lets no further run begin, or lets them again. One that is due meanwhile begins then.
   *
   * @param whether true to hold
   */
  public void hold(boolean whether) {
    SyncConsumer current = consumer;
    if (current != null) {
      current.hold(whether);
    }
  }

  /** When it runs next by itself; empty for never. */
  public Optional<Instant> nextRun() {
    SyncConsumer current = consumer;
    return current == null ? Optional.empty() : current.nextRun();
  }

  /** What JMX manages in the place of this endpoint; null for nothing. */
  @Override
  public @Nullable Object getInstance() {
    return ((SyncComponent) getComponent()).managedView(this);
  }

  /** The run that ended last since the start of the runtime. */
  public Optional<Run> lastRun() {
    SyncConsumer current = consumer;
    return current == null ? Optional.empty() : current.lastRun();
  }

  public String getName() {
    return name;
  }

  public String getSource() {
    return source;
  }

  public void setSource(String source) {
    this.source = source;
  }

  public String getDestination() {
    return destination;
  }

  public void setDestination(String destination) {
    this.destination = destination;
  }

  public Mode getMode() {
    return mode;
  }

  public void setMode(Mode mode) {
    this.mode = mode;
  }

  public @Nullable String getCron() {
    return cron;
  }

  public void setCron(String cron) {
    this.cron = cron;
  }

  public @Nullable String getTimeZone() {
    return timeZone;
  }

  public void setTimeZone(String timeZone) {
    this.timeZone = timeZone;
  }

  public @Nullable String getInterval() {
    return interval;
  }

  public void setInterval(String interval) {
    this.interval = interval;
  }

  public @Nullable String getJitter() {
    return jitter;
  }

  public void setJitter(String jitter) {
    this.jitter = jitter;
  }

  public @Nullable String getBlackout() {
    return blackout;
  }

  public void setBlackout(String blackout) {
    this.blackout = blackout;
  }

  public @Nullable String getBandwidth() {
    return bandwidth;
  }

  public void setBandwidth(String bandwidth) {
    this.bandwidth = bandwidth;
  }

  public @Nullable String getAntInclude() {
    return antInclude;
  }

  public void setAntInclude(String antInclude) {
    this.antInclude = antInclude;
  }

  public @Nullable String getAntExclude() {
    return antExclude;
  }

  public void setAntExclude(String antExclude) {
    this.antExclude = antExclude;
  }

  public boolean isCreateDestination() {
    return createDestination;
  }

  public void setCreateDestination(boolean createDestination) {
    this.createDestination = createDestination;
  }

  public int getAlarmBelow() {
    return alarmBelow;
  }

  public void setAlarmBelow(int alarmBelow) {
    this.alarmBelow = alarmBelow;
  }

  public String getSweep() {
    return sweep;
  }

  public void setSweep(String sweep) {
    this.sweep = sweep;
  }

  public String getSettle() {
    return settle;
  }

  public void setSettle(String settle) {
    this.settle = settle;
  }
}
