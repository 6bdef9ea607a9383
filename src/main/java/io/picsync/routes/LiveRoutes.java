package io.picsync.routes;

import io.picsync.routes.RouteEdits.Decision;
import io.picsync.sync.Causes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Edits of route files that take effect while picsync runs. An edit that breaks a rule changes
 * nothing, and what was before goes on.
 */
public final class LiveRoutes implements LiveEdits {
  private static final Logger LOG = LoggerFactory.getLogger(LiveRoutes.class);

  private final Supplier<RouteRules> makeRules;
  private final RouteFolder folder;
  private final RouteSwap swap;
  private @Nullable RouteEdits edits;
  private Map<String, RouteFile> applied = Map.of();
  private Map<String, RouteFile> tried = Map.of();
  private Map<String, RouteFile> pending = Map.of();
  private volatile List<FileFault> faults = List.of();
  private volatile List<FileFault> standing = List.of();

  /** In which file each route stands. */
  private volatile Map<String, String> files = Map.of();

  /**
   * @param files all route files that there are now
   * @param rules made at the first look, because it takes some time
   */
  public LiveRoutes(CamelContext context, Supplier<List<Path>> files, Supplier<RouteRules> rules) {
    this.makeRules = rules;
    this.folder = new RouteFolder(files);
    this.swap = new RouteSwap(context);
  }

  /** To be called before Camel reads the files, so that no edit falls between the two. */
  public void remember() {
    try {
      folder.begin();
      applied = folder.settled();
      tried = applied;
      pending = applied;
      locate();
    } catch (IOException e) {
      throw new UncheckedIOException("The route files can't be read: " + e.getMessage(), e);
    }
  }

  @Override
  public List<FileFault> faults() {
    return faults;
  }

  /**
   * What breaks a rule in files that are in effect: a start is not as strict as an edit, for a
   * service that comes up at night is worth more than a description.
   */
  public List<FileFault> standing() {
    return standing;
  }

  /** What is wrong in the file that has, or would have, this sync; empty for nothing. */
  public String faultOf(String sync) {
    String own = "routes/syncs/" + sync + ".camel.yaml";
    return Stream.concat(faults.stream(), standing.stream())
        .filter(fault -> fault.file().equals(files.getOrDefault(sync, own)))
        .map(FileFault::toString)
        .collect(Collectors.joining(" "));
  }

  /** Whether a route in effect has that placeholder: {@code {{KEY}}}. */
  public boolean mentions(String key) {
    return applied.values().stream()
        .anyMatch(file -> file.text().contains("{{" + key) || file.text().contains("{{?" + key));
  }

  @Override
  public void look(boolean again) throws IOException {
    Map<String, RouteFile> wanted = folder.settled();
    if (edits == null) {
      edits = new RouteEdits(makeRules.get());
      tellStanding();
    }
    if (!wanted.equals(tried) || (again && (!faults.isEmpty() || pending != applied))) {
      decide(wanted);
    }
    if (change().map(RouteChange::isEmpty).orElse(false)) {
      applied = pending; // a comment, or a route that moved to another file
      locate();
      tellStanding();
    }
  }

  private void tellStanding() {
    List<FileFault> found = Objects.requireNonNull(edits).standing(applied);
    for (FileFault fault : found) {
      if (!standing.contains(fault)) {
        LOG.warn(
            "A route file breaks a rule and is in effect all the same; an edit of it is refused until it is mended. file={} line={} why={}",
            fault.file(),
            fault.line(),
            fault.what());
      }
    }
    standing = found;
  }

  @Override
  public Optional<Set<String>> concerned() {
    return change().map(RouteChange::syncs);
  }

  /** Empty when all that may take effect is in effect. */
  private Optional<RouteChange> change() {
    return pending == applied
        ? Optional.empty()
        : Optional.of(RouteChange.between(applied.values(), pending.values()));
  }

  private void decide(Map<String, RouteFile> wanted) {
    boolean edited = !wanted.equals(tried);
    tried = wanted;
    Decision decision = Objects.requireNonNull(edits).decide(applied, wanted);
    tell(decision.faults(), edited);
    pending = decision.files();
  }

  private void locate() {
    Map<String, String> found = new HashMap<>();
    applied
        .values()
        .forEach(file -> file.routes().forEach(route -> found.put(route.text("/id"), file.name())));
    files = Map.copyOf(found);
  }

  /**
   * @param edited whether a file was, so that even what was told before is told
   */
  private void tell(List<FileFault> found, boolean edited) {
    for (FileFault fault : found) {
      if (!edited && faults.contains(fault)) {
        continue;
      }
      LOG.error(
          "An edit is refused; what was before goes on. file={} line={} why={}",
          fault.file(),
          fault.line(),
          fault.what());
    }
    if (found.isEmpty() && !faults.isEmpty()) {
      LOG.info("All route files are well again.");
    }
    faults = List.copyOf(found);
  }

  @Override
  public boolean apply() {
    RouteChange change = change().orElseThrow();
    Map<String, RouteFile> before = applied;
    Map<String, RouteFile> after = pending;
    try {
      swap.remove(change.removed(), change.policies());
      swap.add(after.values(), change.added(), change.policies());
      applied = after;
      locate();
      tellStanding();
      LOG.info(
          "Edits of routes took effect. changed={} removed={} added={} policies={}",
          change.changed(),
          change.gone(),
          change.fresh(),
          change.policies());
      return true;
    } catch (Exception e) {
      tell(List.of(fault(e, before, after)), true);
      pending = applied;
      back(change, before);
      return false;
    }
  }

  /** Camel's words about something that no rule foresaw, at the first file that changed. */
  private static FileFault fault(
      Exception failure, Map<String, RouteFile> before, Map<String, RouteFile> after) {
    String file =
        after.keySet().stream()
            .filter(name -> after.get(name) != before.get(name))
            .findFirst()
            .orElse("routes");
    return new FileFault(file, 1, "load", Causes.message(failure));
  }

  private void back(RouteChange change, Map<String, RouteFile> before) {
    try {
      swap.remove(change.added(), change.policies());
      swap.add(before.values(), change.removed(), change.policies());
    } catch (Exception e) {
      LOG.error(
          "The routes before the edit can't be put back; restart picsync. routes={} why={}",
          change.removed(),
          Causes.message(e));
    }
  }
}
