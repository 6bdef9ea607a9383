package io.picsync.transfer;

import io.picsync.archive.Archive;
import io.picsync.archive.ArchiveConstants;
import io.picsync.archive.ArchiveException;
import io.picsync.archive.CancelledException;
import io.picsync.archive.NoSpaceException;
import io.picsync.archive.Servers;
import io.picsync.archive.Stored;
import io.picsync.archive.UnavailableException;
import io.picsync.archive.UnsettledException;
import io.picsync.archive.VanishedException;
import io.picsync.compare.CompareSteps;
import io.picsync.compare.Comparison;
import io.picsync.compare.Tally;
import io.picsync.settings.SettingsException;
import io.picsync.sync.Causes;
import io.picsync.sync.Mode;
import io.picsync.sync.Run;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Collections;
import java.util.Iterator;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;
import org.apache.camel.Message;
import org.apache.camel.Variable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** The steps of {@code routes/transfer.camel.yaml}, as the bean {@code transfer}. Thread-safe. */
public final class TransferSteps {
  private static final Logger LOG = LoggerFactory.getLogger(TransferSteps.class);

  private final CompareSteps compare;
  private final Path lists;
  private final Clock clock;
  private final Servers servers;

  /**
   * @param lists the reports folder, where lists lie beside their reports
   */
  public TransferSteps(CompareSteps compare, Servers servers, Path lists, Clock clock) {
    this.compare = compare;
    this.lists = lists;
    this.servers = servers;
    this.clock = clock;
  }

  /** The outcomes of a run so far; nothing is planned before {@link #plan}. */
  public Outcomes outcomes(Run run) {
    return run.part(Outcomes.class, of -> new Outcomes(lists, of, clock));
  }

  /** Whether the run's mode is to transfer. */
  public boolean isWanted(@ExchangeProperty(Run.PROPERTY) Run run) {
    return run.mode() == Mode.sync;
  }

  /** The missing list as the work list. */
  public Iterator<PlannedPicture> plan(@ExchangeProperty(Run.PROPERTY) Run run) throws IOException {
    Comparison comparison = compare.comparison(run);
    Tally missing = comparison.classes().missingInDestination();
    outcomes(run).begin(missing.count(), missing.size());
    warnOfLittleSpace(run, missing.size());
    run.progress().transferBegins();
    Optional<Path> list = comparison.missingList();
    return list.isEmpty() ? Collections.emptyIterator() : new MissingPictures(run, list.get());
  }

  /** The same with the newest pictures first, for who would rather have today's than the oldest. */
  public Iterator<PlannedPicture> planNewestFirst(@ExchangeProperty(Run.PROPERTY) Run run)
      throws IOException {
    return new NewestFirst(run, plan(run));
  }

  /** The run goes on: others may free space meanwhile, and what fits is worth having. */
  private void warnOfLittleSpace(Run run, long needed) {
    OptionalLong free = needed == 0 || isKnownFull(run) ? OptionalLong.empty() : freeSpace(run);
    if (free.isPresent() && free.getAsLong() < needed) {
      LOG.warn(
          "The destination has too little space for all. run={} archive={} neededBytes={} freeBytes={}",
          run.id(),
          run.destination(),
          needed,
          free.getAsLong());
    }
  }

  private boolean isKnownFull(Run run) {
    try {
      return Archive.of(run.destination(), servers).isFull();
    } catch (SettingsException e) {
      return false; // the route may store with another endpoint
    }
  }

  private OptionalLong freeSpace(Run run) {
    try {
      Archive destination = Archive.of(run.destination(), servers);
      return destination.server().freeSpace(destination.root(), run::cancelled);
    } catch (ArchiveException | SettingsException e) {
      LOG.debug("The free space is not known. run={}", run.id(), e);
      return OptionalLong.empty();
    }
  }

  /** Of the bytes planned, and what the server tells: what to make room for. */
  private String space(Run run) {
    Outcomes outcomes = outcomes(run);
    OptionalLong free = freeSpace(run);
    return " Still to be stored: %d bytes; free there: %s."
        .formatted(
            Math.max(0, outcomes.plannedBytes() - outcomes.bytes()),
            free.isPresent() ? free.getAsLong() + " bytes" : "not told by the server");
  }

  /**
   * Says what fetch and store need: camel-file's headers, and as variables the picture and its
   * archives. One step, because expressions would cost more time than fetching a small picture.
   *
   * @throws NoSpaceException when the destination is known to be full: nothing is fetched then
   */
  public void prepare(@Body PlannedPicture picture, Exchange exchange) throws ArchiveException {
    Message message = exchange.getMessage();
    message.setHeader(Exchange.FILE_NAME, picture.path());
    message.setHeader(Exchange.FILE_LENGTH, picture.size());
    message.setHeader(ArchiveConstants.SETTLE, picture.settle());
    exchange.setVariable("picture", picture);
    exchange.setVariable("source", picture.source());
    exchange.setVariable("destination", picture.destination());
    expectRoom(picture, exchange);
  }

  private void expectRoom(PlannedPicture picture, Exchange exchange) throws ArchiveException {
    BooleanSupplier told = exchange.getProperty(ArchiveConstants.CANCELLED, BooleanSupplier.class);
    BooleanSupplier cancelled = told == null ? () -> false : told;
    Archive destination;
    try {
      destination = Archive.of(picture.destination(), servers);
    } catch (SettingsException e) {
      return; // the route may store with another endpoint
    }
    destination.expectRoom(picture.size(), cancelled);
  }

  /**
   * The outcome of a picture that came through all steps.
   *
   * @param stored null when another endpoint than {@code archive:} stored it
   * @param damaged null for a picture that is whole, or of which nobody knows
   */
  public Outcome outcome(
      @Variable("picture") PlannedPicture picture,
      @Header(ArchiveConstants.STORED) @Nullable Stored stored,
      @Header(ArchiveConstants.DAMAGED) @Nullable String damaged) {
    String lacks = damaged == null ? "" : damaged;
    return stored == Stored.ALREADY_THERE
        ? new Outcome(Outcome.Kind.ALREADY_THERE, picture.path(), 0, "", lacks, null)
        : new Outcome(Outcome.Kind.TRANSFERRED, picture.path(), picture.size(), "", lacks, stored);
  }

  /**
   * The outcome of a picture that did not. What would fail every other picture alike halts the run.
   */
  public Outcome failed(
      @Variable("picture") PlannedPicture picture,
      @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception caught,
      @ExchangeProperty(Run.PROPERTY) @Nullable Run run) {
    Throwable failure = Causes.root(caught);
    String why = Causes.message(caught);
    if (failure instanceof VanishedException) {
      return new Outcome(Outcome.Kind.VANISHED, picture.path(), 0, why);
    }
    if (failure instanceof UnsettledException) {
      return new Outcome(Outcome.Kind.UNSETTLED, picture.path(), 0, why);
    }
    if (failure instanceof CancelledException) {
      return new Outcome(Outcome.Kind.NOT_ATTEMPTED, picture.path(), 0, why);
    }
    if (run != null && failure instanceof NoSpaceException) {
      halt(run, why + space(run), isKnownFull(run));
    }
    if (run != null && failure instanceof UnavailableException) {
      halt(run, why, false);
    }
    LOG.debug("Picture failed. run={} path={}", picture.run(), picture.path(), failure);
    return new Outcome(Outcome.Kind.FAILED, picture.path(), 0, why);
  }

  /** That the destination is full was told when it became so, and not again with each run. */
  private static void halt(Run run, String why, boolean knownFull) {
    if (run.halt(why)) {
      LOG.atLevel(knownFull ? Level.INFO : Level.ERROR)
          .log("Transfer halts. run={} why={}", run.id(), why);
    }
  }

  /** The aggregation of {@code transfer}'s split: accounts for every picture that comes back. */
  public AggregationStrategy accounting() {
    return new AccountForOutcomes(this);
  }

  void account(Outcome outcome, Run run) throws IOException {
    if (outcome.kind() == Outcome.Kind.NOT_ATTEMPTED) {
      return; // counts as every planned picture without an outcome does
    }
    outcomes(run).add(outcome);
    boolean stillMissing =
        outcome.kind() == Outcome.Kind.FAILED || outcome.kind() == Outcome.Kind.UNSETTLED;
    if (stillMissing) {
      run.progress().left(outcome.path());
    }
    run.progress().done(outcome.bytes(), stillMissing);
    if (!stillMissing) {
      compare.comparison(run).days().settle(outcome.path());
    }
    if (outcome.kind() == Outcome.Kind.FAILED) {
      run.incomplete(outcome.reason());
    }
  }

  /** All outcomes are known; what has none was not attempted. */
  public void end(@ExchangeProperty(Run.PROPERTY) Run run) {
    Outcomes outcomes = outcomes(run);
    outcomes.end();
    if (outcomes.without() > 0) {
      run.incomplete("%d planned pictures have no outcome.".formatted(outcomes.without()));
    }
    LOG.info(
        "Transferred. run={} planned={} transferred={} alreadyThere={} vanished={} failed={} notAttempted={} unsettled={} damaged={} bytes={} seconds={}",
        run.id(),
        outcomes.planned(),
        outcomes.count(Outcome.Kind.TRANSFERRED),
        outcomes.count(Outcome.Kind.ALREADY_THERE),
        outcomes.count(Outcome.Kind.VANISHED),
        outcomes.count(Outcome.Kind.FAILED),
        outcomes.notAttempted(),
        outcomes.count(Outcome.Kind.UNSETTLED),
        outcomes.damaged(),
        outcomes.bytes(),
        outcomes.seconds());
  }
}
