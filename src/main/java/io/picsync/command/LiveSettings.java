package io.picsync.command;

import io.picsync.api.ApiSettings;
import io.picsync.archive.Archive;
import io.picsync.archive.ArchiveComponent;
import io.picsync.archive.Servers;
import io.picsync.archive.ServersChange;
import io.picsync.archive.Spool;
import io.picsync.compare.CompareSteps;
import io.picsync.settings.Settings;
import io.picsync.settings.SettingsException;
import io.picsync.sync.RunThreads;
import io.picsync.sync.SyncComponent;
import io.picsync.sync.SyncEndpoint;
import io.picsync.watch.WatchedRoutes;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.camel.CamelContext;
import org.apache.camel.model.EndpointRequiredDefinition;
import org.apache.camel.model.Model;
import org.apache.camel.model.ProcessorDefinitionHelper;

/**
 * The settings in force, and the parts of a runtime that take others while it runs. Used by the
 * watch's thread, but for {@link #now}.
 */
final class LiveSettings {
  static final String BEAN = "live-settings";
  private static final String ARCHIVE = "archive:";

  /** What takes effect without a restart, besides the servers' keys. */
  private static final Set<String> LIVE =
      Set.of(
          RuntimeKeys.RUNS,
          RuntimeKeys.TURN,
          RuntimeKeys.COMPARE_THREADS,
          RuntimeKeys.TRANSFER_THREADS,
          RuntimeKeys.TRANSFER_MEMORY,
          RuntimeKeys.TRANSFER_VERIFY,
          RuntimeKeys.TRANSFER_READ_BACK);

  private final CamelContext context;
  private final Path state;
  private final Parts parts;
  private volatile Settings now;

  /** What takes them. */
  record Parts(
      Servers servers,
      CompareSteps compare,
      SyncComponent sync,
      ArchiveComponent archive,
      Path spool,
      RunThreads compareThreads,
      RunThreads transferThreads,
      WatchedRoutes watched) {}

  /**
   * @param now as the parts have them
   * @param state relative folders of the configuration are below it
   */
  LiveSettings(CamelContext context, Settings now, Path state, Parts parts) {
    this.context = context;
    this.now = now;
    this.state = state;
    this.parts = parts;
  }

  /** Whether an edit of that key takes effect without a restart. */
  static boolean isLive(String key) {
    return key.startsWith(RuntimeKeys.SERVER) || LIVE.contains(key);
  }

  Settings now() {
    return now;
  }

  /**
   * Finds in other settings what a start with them would refuse, with the syncs as they are.
   *
   * @throws SettingsException when there is something
   */
  void check(Settings wanted) {
    RuntimeSettings.read(wanted, state);
    LogFile.check(wanted);
    ApiSettings.read(wanted, state);
    try (Servers servers = parts.servers().tryOut(wanted)) {
      for (SyncEndpoint sync : syncs()) {
        try {
          Archive.checkApart(
              Archive.of(sync.getSource(), servers), Archive.of(sync.getDestination(), servers));
        } catch (SettingsException e) {
          throw new SettingsException(
              "%s The sync %s is from %s to %s."
                  .formatted(
                      e.getMessage(), sync.getName(), sync.getSource(), sync.getDestination()),
              e);
        }
      }
      others().forEach(archive -> Archive.of(archive, servers));
    }
  }

  /** The syncs whose runs are not to be under way when these settings take effect. */
  Set<String> concerned(Settings wanted) {
    ServersChange change = parts.servers().difference(wanted);
    boolean more =
        others().stream().anyMatch(archive -> change.renewed().contains(server(archive)));
    Set<String> concerned = new TreeSet<>();
    for (SyncEndpoint sync : syncs()) {
      if (more
          || change.renewed().contains(server(sync.getSource()))
          || change.renewed().contains(server(sync.getDestination()))) {
        concerned.add(sync.getName());
      }
    }
    return concerned;
  }

  /** They are in force from now on, as far as they are live. */
  void apply(Settings wanted) {
    RuntimeSettings settings = RuntimeSettings.read(wanted, state);
    Set<String> concerned = concerned(wanted);
    ServersChange servers = parts.servers().difference(wanted);
    parts.servers().change(wanted);
    concerned.forEach(parts.compare()::forget);
    parts.watched().change(servers);
    parts.sync().limit(settings.runs(), settings.turn());
    parts.compareThreads().setPerRun(settings.compareThreads());
    parts.transferThreads().setPerRun(settings.transferThreads());
    parts.archive().setSpool(new Spool(parts.spool(), settings.memory()));
    parts.archive().setVerify(settings.verify());
    parts.archive().setReadBack(settings.readBack());
    context.getRegistry().bind("settings", wanted);
    now = wanted;
  }

  /** Archives that routes name besides those of the syncs: {@code archive:mirror/source1}. */
  private List<String> others() {
    Model model = context.getCamelContextExtension().getContextPlugin(Model.class);
    return model.getRouteDefinitions().stream()
        .flatMap(
            route ->
                ProcessorDefinitionHelper.filterTypeInOutputs(
                    route.getOutputs(), EndpointRequiredDefinition.class)
                    .stream())
        .map(step -> context.resolvePropertyPlaceholders(step.getEndpointUri()))
        .filter(uri -> uri.startsWith(ARCHIVE) && !uri.contains("${"))
        .map(uri -> uri.replaceFirst("\\?.*", "").substring(ARCHIVE.length()))
        .map(archive -> archive.replaceFirst("^/+", ""))
        .distinct()
        .toList();
  }

  private List<SyncEndpoint> syncs() {
    return SyncComponent.syncs(context);
  }

  private static String server(String archive) {
    int slash = archive.indexOf('/');
    return slash < 0 ? archive : archive.substring(0, slash);
  }
}
