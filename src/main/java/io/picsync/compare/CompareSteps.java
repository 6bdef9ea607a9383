package io.picsync.compare;

import io.picsync.archive.Archive;
import io.picsync.archive.ArchiveException;
import io.picsync.archive.CancelledException;
import io.picsync.archive.Listing;
import io.picsync.archive.Picture;
import io.picsync.archive.Servers;
import io.picsync.archive.Settling;
import io.picsync.archive.UnavailableException;
import io.picsync.sync.Causes;
import io.picsync.sync.Mode;
import io.picsync.sync.Phase;
import io.picsync.sync.Run;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Variable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The steps of {@code routes/compare.camel.yaml}, as the bean {@code compare}. Thread-safe. */
public final class CompareSteps {
  private static final Logger LOG = LoggerFactory.getLogger(CompareSteps.class);

  private final Servers servers;
  private final Path lists;
  private final Clock clock;
  private final Map<String, Rota> rotas = new ConcurrentHashMap<>();

  /**
   * @param lists the reports folder, where lists lie beside their reports
   */
  public CompareSteps(Servers servers, Path lists, Clock clock) {
    this.servers = servers;
    this.lists = lists;
    this.clock = clock;
  }

  /** What is known of the run's archives. */
  public Comparison comparison(Run run) {
    return run.part(Comparison.class, of -> new Comparison(lists, of, turn(of)));
  }

  /**
   * What a sync with {@code sweep} knows of its archives counts no more, because one of them is
   * another now.
   */
  public void forget(String sync) {
    rotas.remove(sync);
  }

  private @Nullable Turn turn(Run run) {
    if (run.options().sweep().isZero()) {
      return null;
    }
    Rota rota =
        rotas.compute(
            run.sync(),
            (sync, known) ->
                known != null && known.isOf(run.options()) ? known : new Rota(run.options()));
    return rota.begin(Objects.requireNonNullElse(run.started(), clock.instant()));
  }

  /**
   * Checks that both archives are there, and begins at their own folders; at none in a run that is
   * stopped meanwhile.
   *
   * @throws MissingArchiveException when one is not: a mistyped archive is never an empty one
   */
  public List<Folder> begin(@ExchangeProperty(Run.PROPERTY) Run run) throws ArchiveException {
    run.enter(Phase.comparing);
    if (!run.goesOn()) {
      return List.of();
    }
    Archive source = Archive.of(run.source(), servers);
    Archive destination = Archive.of(run.destination(), servers);
    run.locate(source.address(), destination.address());
    Archive.checkApart(source, destination);
    try {
      return List.of(new Folder("", true, areThere(run, source, destination)));
    } catch (CancelledException e) {
      return List.of();
    }
  }

  /**
   * @return whether the destination was there before, too
   */
  private static boolean areThere(Run run, Archive source, Archive destination)
      throws ArchiveException {
    if (!source.server().exists(source.root(), run::cancelled)) {
      throw new MissingArchiveException(
          "The source %s does not exist or may not be entered. Check its spelling; nothing was compared."
              .formatted(source.address()));
    }
    boolean there = destination.server().exists(destination.root(), run::cancelled);
    if (!there) {
      prepare(run, destination);
    }
    return there;
  }

  private static void prepare(Run run, Archive destination) throws ArchiveException {
    boolean asked = run.options().createDestination();
    if (!asked && !destination.server().hasParent(destination.root(), run::cancelled)) {
      throw new MissingArchiveException(
          "The destination %s does not exist, nor does the folder above it. Check its spelling, or ask for it with createDestination=true (--create-destination)."
              .formatted(destination.address()));
    }
    if (run.mode() == Mode.check) {
      LOG.warn(
          "The destination does not exist; a sync would make it. Check its spelling. run={} destination={}",
          run.id(),
          destination.address());
    } else {
      destination.server().makeFolder(destination.root(), asked, run::cancelled);
      LOG.info("The destination archive was made. run={} archive={}", run.id(), destination);
    }
  }

  /** Whether there is a further level. A run that is over leaves its folders behind. */
  public boolean isMore(@Body List<Folder> folders, @ExchangeProperty(Run.PROPERTY) Run run) {
    return !folders.isEmpty() && run.goesOn();
  }

  /** The folders of one level, as long as the run goes on. */
  public Iterable<Folder> level(
      @Body List<Folder> folders, @ExchangeProperty(Run.PROPERTY) Run run) {
    Comparison comparison = comparison(run);
    return () -> new WhileRunGoesOn<>(run, folders.iterator(), comparison::begin);
  }

  /** Whether the source is to be listed here. */
  public boolean isAtSource(@Variable("folder") Folder folder) {
    return folder.atSource();
  }

  /** Whether the destination is to be listed here. */
  public boolean isAtDestination(@Variable("folder") Folder folder) {
    return folder.atDestination();
  }

  /** The folder's path in both archives. */
  public String path(@Variable("folder") Folder folder) {
    return folder.path();
  }

  /**
   * A listing that stayed impossible after the retries is an untrusted one. A server that can't be
   * used at all ends the run: every other folder would be untrusted alike.
   */
  public Listing untrusted(
      @Variable("folder") Folder folder,
      @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception failure,
      @ExchangeProperty(Run.PROPERTY) Run run) {
    String why = Causes.message(failure);
    if (Causes.root(failure) instanceof UnavailableException) {
      run.fail(why);
    }
    return new Listing.Untrusted(folder.path(), why);
  }

  /**
   * What a side has in a folder that its parent's trusted listing does not tell of: nothing, unless
   * something that is no folder has its name there.
   */
  public Listing absent(@Variable("folder") Folder folder) {
    return folder.unknown() == null
        ? new Listing.Missing(folder.path())
        : new Listing.Untrusted(folder.path(), folder.unknown());
  }

  /**
   * Compares the two listings of a folder and adds its figures to the run's.
   *
   * @return the folders below it, to be compared next; none when it can't be compared, and none
   *     that is left out of this run
   */
  public List<Folder> folder(
      @Variable("folder") Folder folder,
      @Variable("source") Listing source,
      @Variable("destination") Listing destination,
      @ExchangeProperty(Run.PROPERTY) Run run)
      throws IOException {
    Listing.Trusted here = trusted(folder, source, "source", run);
    Listing.Trusted there = here == null ? null : trusted(folder, destination, "destination", run);
    Selection selection = Selection.of(run.options());
    if (here == null || there == null) {
      comparison(run).addAtSource(here == null ? null : selection.select(here));
      return List.of();
    }
    FolderComparison compared = FolderComparison.of(folder, here, there, selection, isRecent(run));
    comparison(run).add(compared);
    compared.addTo(comparison(run).days());
    Classes classes = compared.classes();
    run.progress().missing(compared.oldestMissing());
    run.progress()
        .compared(
            classes.source().count() + classes.destination().count(),
            classes.missingInDestination().count(),
            classes.missingInDestination().size());
    return comparison(run).due(compared.folders());
  }

  /** As of the run's start, because a listing may be older than the moment that it is compared. */
  private Predicate<Picture> isRecent(Run run) {
    Settling settling = new Settling(run.options().settle(), clock.instant());
    Instant asOf = Objects.requireNonNullElse(run.started(), settling.now());
    return picture -> settling.isRecent(picture.modified(), asOf);
  }

  /**
   * Removes the temporary files that killed stores of this installation left in a folder of the
   * destination. One that can't be removed is tried by the next run.
   */
  public void clean(@Body Listing destination, @ExchangeProperty(Run.PROPERTY) Run run) {
    if (run.mode() != Mode.sync || !(destination instanceof Listing.Trusted folder)) {
      return;
    }
    Archive archive = Archive.of(run.destination(), servers);
    for (Picture file : folder.pictures()) {
      if (run.goesOn() && servers.temporaryNames().isStale(file.name())) {
        try {
          archive.server().removeTemporary(archive.at(file.path()), run::cancelled);
          comparison(run).addCleaned();
        } catch (ArchiveException e) {
          LOG.warn(
              "A temporary file of a killed run stays. run={} path={} why={}",
              run.id(),
              file.path(),
              e.getMessage());
        }
      }
    }
  }

  private Listing.@Nullable Trusted trusted(Folder folder, Listing listing, String side, Run run) {
    if (!listing.folder().equals(folder.path())) {
      throw new IllegalStateException(
          "The listing of folder '%s' came for folder '%s': the route mixes folders up."
              .formatted(listing.folder(), folder.path()));
    }
    boolean isSource = side.equals("source");
    boolean loop =
        listing instanceof Listing.Trusted told && Above.hasTheSame(folder, told, isSource);
    if (listing instanceof Listing.Trusted trusted && !loop) {
      return trusted;
    }
    boolean expected = isSource ? folder.atSource() : folder.atDestination();
    boolean archiveItself = folder.path().isEmpty() && expected;
    if (listing instanceof Listing.Missing missing && !archiveItself) {
      return missing.asEmpty();
    }
    String reason =
        listing instanceof Listing.Untrusted untrusted
            ? untrusted.reason()
            : loop
                ? "it holds the very same as a folder above it, as a loop of symbolic links does"
                : "the archive was there a moment ago and is not now";
    comparison(run).addUntrusted(new Comparison.UntrustedFolder(folder.path(), side, reason));
    run.incomplete(
        "The folder '%s' of the %s could not be compared: %s."
            .formatted(folder.path(), side, reason));
    LOG.warn(
        "Folder untrusted. run={} side={} path={} why={}", run.id(), side, folder.path(), reason);
    return null;
  }

  /** Makes the lists visible: the missing list is the work list from here on. */
  public void end(@ExchangeProperty(Run.PROPERTY) Run run) throws IOException {
    Comparison comparison = comparison(run);
    comparison.end(run.goesOn());
    run.enter(Phase.transferring);
    Classes classes = comparison.classes();
    LOG.info(
        "Compared. run={} folders={} leftOut={} source={} destination={} intersect={} differs={} missing={} missingBytes={} untrusted={}",
        run.id(),
        comparison.folders(),
        comparison.leftOut().folders(),
        classes.source().count(),
        classes.destination().count(),
        classes.intersect().count(),
        classes.differsAtSource().count(),
        classes.missingInDestination().count(),
        classes.missingInDestination().size(),
        comparison.untrusted());
    if (comparison.cleaned() > 0) {
      LOG.info(
          "Temporary files of a killed run were removed. run={} cleaned={}",
          run.id(),
          comparison.cleaned());
    }
  }
}
