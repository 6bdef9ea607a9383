package io.picsync.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.picsync.lists.ListSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The reports in their folder and in the bundles of their months: {@code SYNC/RUN.json} or {@code
 * RUN.json} in {@code SYNC/YYYY-MM.zip}. Thread-safe; keeps nothing but the contents of a few
 * bundles.
 */
public final class StoredReports {
  private static final Pattern SYNC = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,63}");
  private static final Pattern LIST =
      Pattern.compile("\\d{8}T\\d{9}Z-.+\\.(missing|differs|outcomes)\\.jsonl\\.gz");
  private static final String JSON = ".json";
  private static final int BUNDLES = 4;

  private final Path folder;
  private final Map<Path, Bundle> bundles =
      new LinkedHashMap<>(BUNDLES, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Path, Bundle> eldest) {
          return size() > BUNDLES;
        }
      };

  /**
   * @param folder the reports folder
   */
  public StoredReports(Path folder) {
    this.folder = folder;
  }

  /** The syncs that have a folder, whether or not a report is in it. */
  public List<String> syncs() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(path -> Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
          .map(path -> String.valueOf(path.getFileName()))
          .filter(name -> SYNC.matcher(name).matches())
          .sorted()
          .toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  public Path folder(String sync) {
    return folder.resolve(sync);
  }

  /**
   * The runs of a sync, the oldest first. Files are told by their names, not read.
   *
   * @param passOver is told each file that is neither a report nor what belongs to one, and why
   */
  public NavigableSet<RunId> runs(String sync, BiConsumer<Path, String> passOver)
      throws IOException {
    NavigableSet<RunId> runs = new TreeSet<>();
    for (Path file : files(sync)) {
      String name = String.valueOf(file.getFileName());
      if (Bundle.month(file).isPresent()) {
        try {
          bundle(file).names().forEach(entry -> run(sync, entry).ifPresent(runs::add));
        } catch (IOException e) {
          passOver.accept(file, "it is no whole zip archive: " + e.getMessage());
        }
      } else if (name.endsWith(JSON)) {
        run(sync, name)
            .ifPresentOrElse(runs::add, () -> passOver.accept(file, "it is not named as a run"));
      } else if (!LIST.matcher(name).matches()) {
        passOver.accept(file, "it is neither a report nor a list of one");
      }
    }
    return runs;
  }

  /** The runs whose reports are files of their own, the oldest first. */
  public NavigableSet<RunId> unbundled(String sync) throws IOException {
    NavigableSet<RunId> runs = new TreeSet<>();
    for (Path file : files(sync)) {
      run(sync, String.valueOf(file.getFileName())).ifPresent(runs::add);
    }
    return runs;
  }

  /** Hidden files are those being written, and marks. */
  private List<Path> files(String sync) throws IOException {
    try (Stream<Path> all = Files.list(folder(sync))) {
      return all.filter(file -> !String.valueOf(file.getFileName()).startsWith(".")).toList();
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static Optional<RunId> run(String sync, String name) {
    return name.endsWith(JSON)
        ? RunId.of(name.substring(0, name.length() - JSON.length()))
            .filter(run -> run.sync().equals(sync))
        : Optional.empty();
  }

  /**
   * A report's bytes, as they were stored.
   *
   * @return empty when there is no such report
   */
  public Optional<byte[]> read(RunId run) throws IOException {
    String name = run + JSON;
    try {
      return Optional.of(Files.readAllBytes(folder(run.sync()).resolve(name)));
    } catch (NoSuchFileException e) {
      Optional<Bundle> bundle = bundle(run);
      return bundle.isEmpty() ? Optional.empty() : bundle.get().report(name);
    }
  }

  /** Whether the report is a file of its own. */
  public boolean isUnbundled(RunId run) {
    return Files.exists(folder(run.sync()).resolve(run + JSON));
  }

  /**
   * A report as JSON.
   *
   * @throws IOException when it is damaged, of another version or of another run
   */
  public Optional<JsonNode> json(RunId run) throws IOException {
    Optional<byte[]> bytes = read(run);
    return bytes.isEmpty() ? Optional.empty() : Optional.of(json(run, bytes.get()));
  }

  private JsonNode json(RunId run, byte[] bytes) throws IOException {
    JsonNode json = Json.MAPPER.readTree(bytes);
    if (json.path("schema").asInt() != Report.SCHEMA || !json.path("result").isObject()) {
      throw new IOException("it is no report of this version");
    }
    if (!json.path("run").asText().equals(run.toString())
        || !json.path("sync").asText().equals(run.sync())) {
      throw new IOException("it is another run's report than its name says");
    }
    return json;
  }

  /** One of a report's lists. */
  public Optional<ListSource> list(RunId run, String list) throws IOException {
    String name = run + "." + list + ".jsonl.gz";
    Path file = folder(run.sync()).resolve(name);
    try {
      return Optional.of(new ListSource(file, 0, Files.size(file)));
    } catch (NoSuchFileException e) {
      return bundle(run).flatMap(bundle -> bundle.list(name));
    }
  }

  private Optional<Bundle> bundle(RunId run) throws IOException {
    return bundle(run.sync(), run.month());
  }

  /** The bundle of a month; empty when there is none. */
  public Optional<Bundle> bundle(String sync, YearMonth month) throws IOException {
    Path file = Bundle.file(folder(sync), month);
    return Files.exists(file) ? Optional.of(bundle(file)) : Optional.empty();
  }

  private Bundle bundle(Path file) throws IOException {
    synchronized (bundles) {
      Bundle known = bundles.get(file);
      if (known != null && known.isCurrent()) {
        return known;
      }
    }
    Bundle opened = Bundle.open(file);
    synchronized (bundles) {
      bundles.put(file, opened);
    }
    return opened;
  }
}
