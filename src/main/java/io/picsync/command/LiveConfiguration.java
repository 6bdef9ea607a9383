package io.picsync.command;

import io.picsync.routes.FileFault;
import io.picsync.routes.LiveEdits;
import io.picsync.settings.Settings;
import io.picsync.settings.SettingsException;
import io.picsync.sync.Causes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Edits of the configuration that take effect while picsync runs: servers and limits. What a start
 * would refuse changes nothing; keys that are read at a start only are named, so that nobody
 * believes in a limit that is not in force. Tells keys, never values.
 */
final class LiveConfiguration implements LiveEdits {
  static final String BEAN = "live-configuration";
  private static final Logger LOG = LoggerFactory.getLogger(LiveConfiguration.class);

  private final CamelContext context;
  private final Path config;
  private final Supplier<LiveSettings> settings;
  private final Predicate<String> inRoutes;

  /** As the keys are in force that a start alone reads. */
  private final ConfigurationFile started;

  private @Nullable Settings startedWith;

  private @Nullable ConfigurationFile tried;
  private @Nullable Look before;
  private @Nullable Look read;
  private @Nullable Pending pending;
  private boolean untold;
  private volatile List<FileFault> faults = List.of();
  private volatile Set<String> waiting = Set.of();

  /** What tells that the file was written. */
  private record Look(long size, Object modified, @Nullable Object key) {}

  private record Pending(ConfigurationFile file, Settings settings) {}

  /**
   * Remembers the file as it is now.
   *
   * @param settings of the runtime that is then made
   * @param inRoutes whether a route has a key as its placeholder
   */
  LiveConfiguration(
      CamelContext context,
      Path config,
      Supplier<LiveSettings> settings,
      Predicate<String> inRoutes)
      throws IOException {
    this.inRoutes = inRoutes;
    this.context = context;
    this.config = config;
    this.settings = settings;
    this.before = look();
    this.read = before;
    this.started = ConfigurationFile.read(config);
    this.tried = started;
  }

  @Override
  public List<FileFault> faults() {
    return faults;
  }

  /** Edited keys that wait for the next start; sorted. Any thread may ask. */
  Set<String> waiting() {
    return waiting;
  }

  private @Nullable Look look() {
    try {
      BasicFileAttributes now = Files.readAttributes(config, BasicFileAttributes.class);
      return new Look(now.size(), now.lastModifiedTime(), now.fileKey());
    } catch (IOException e) {
      return null;
    }
  }

  /** Reads the file when two looks found it written and at rest. */
  @Override
  public void look(boolean again) {
    Look now = look();
    boolean rested = Objects.equals(now, before);
    before = now;
    if (rested && !Objects.equals(now, read)) {
      read = now;
      decide();
    } else if (untold || (again && (!faults.isEmpty() || pending != null))) {
      decide();
    }
  }

  private void decide() {
    ConfigurationFile wanted;
    try {
      wanted = ConfigurationFile.read(config);
    } catch (IOException | IllegalArgumentException e) {
      tried = null;
      pending = null;
      tell(ConfigurationFile.unreadable(config, e));
      return;
    }
    boolean known = tried != null && wanted.sameAs(tried);
    if (known && faults.isEmpty() && !untold && pending == null) {
      return; // a comment
    }
    tried = wanted;
    pending = null;
    try {
      Settings found = SettingsSource.of(config);
      settings.get().check(found);
      pending = new Pending(wanted, found);
      tell(null);
    } catch (SettingsException e) {
      tell(wanted.fault(String.valueOf(e.getMessage())));
    }
  }

  /**
   * A refusal is told when the next look finds it as well: a route file that is edited together
   * with the configuration, such as the last sync of a server, may make it right meanwhile.
   */
  private void tell(@Nullable FileFault fault) {
    if (fault == null) {
      if (!faults.isEmpty()) {
        LOG.info("The configuration is well again.");
      }
      untold = false;
      faults = List.of();
    } else if (!faults.contains(fault)) {
      if (untold) {
        LOG.error(
            "An edit is refused; what was before goes on. file={} line={} why={}",
            fault.file(),
            fault.line(),
            fault.what());
        faults = List.of(fault);
      }
      untold = !untold;
    } else {
      untold = false;
    }
  }

  @Override
  public Optional<Set<String>> concerned() {
    Pending now = pending;
    return now == null ? Optional.empty() : Optional.of(settings.get().concerned(now.settings()));
  }

  @Override
  public boolean apply() {
    Pending now = Objects.requireNonNull(pending);
    pending = null;
    Settings old = settings.get().now();
    if (startedWith == null) {
      startedWith = old;
    }
    try {
      context.getPropertiesComponent().reloadProperties("*");
      settings.get().apply(now.settings());
    } catch (RuntimeException e) {
      untold = true;
      tell(now.file().fault(Causes.message(e)));
      settings.get().apply(old);
      return false;
    }
    tellWhatIsInForce(now, old);
    return true;
  }

  private void tellWhatIsInForce(Pending now, Settings old) {
    Set<String> live = now.settings().differing(old);
    live.removeIf(key -> !LiveSettings.isLive(key));
    if (!live.isEmpty()) {
      LOG.info("Edited settings took effect. keys={}", live);
    }
    Set<String> keys = startKeys(now);
    if (!keys.equals(waiting) && !keys.isEmpty()) {
      LOG.warn("Edited settings take effect at the next start. keys={}", keys);
    } else if (!keys.equals(waiting)) {
      LOG.info("No edited setting waits for the next start any more.");
    }
    waiting = Collections.unmodifiableSet(keys);
  }

  /** What a start alone reads, and is other than at the start. */
  private Set<String> startKeys(Pending now) {
    Set<String> keys = now.settings().differing(Objects.requireNonNull(startedWith));
    keys.removeIf(LiveSettings::isLive);
    for (String key : now.file().differing(started)) {
      boolean camels = key.startsWith("camel.");
      if (camels || (!key.startsWith("picsync.") && inRoutes.test(key))) {
        keys.add(key);
      }
    }
    return keys;
  }
}
