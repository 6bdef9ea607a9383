package io.picsync.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The packaged command as a user starts it: {@code bin/picsync} in a process of its own, without a
 * terminal. Reports go below a folder of its own unless told otherwise. Closing it kills the
 * process if it still runs.
 */
public final class PicsyncProcess implements AutoCloseable {
  private static final Duration BOUND = Duration.ofMinutes(2);

  private final Process process;
  private final Path folder;

  private PicsyncProcess(Process process, Path folder) {
    this.process = process;
    this.folder = folder;
  }

  /** What a process that ended left: its exit code and its words. */
  public record Ended(int code, String out, String err) {
    /** The lines on standard error. */
    public List<String> errors() {
      return err.lines().toList();
    }

    /** Both outputs. */
    public String all() {
      return out + err;
    }
  }

  /** The home that the build packaged. */
  public static Path packagedHome() {
    return Path.of(System.getProperty("picsync.home", "target/picsync")).toAbsolutePath();
  }

  /** Copies the packaged home, to change its configuration and routes. */
  public static Path copyHome(Path target) throws IOException {
    Path home = packagedHome();
    try (var all = Files.walk(home)) {
      for (Path from : all.toList()) {
        Path to = target.resolve(home.relativize(from).toString());
        if (Files.isDirectory(from)) {
          Files.createDirectories(to);
        } else {
          Files.copy(from, to, java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
        }
      }
    }
    return target;
  }

  /**
   * Makes a base, with an empty configuration and no sync, on the packaged program: its {@code
   * bin/picsync} starts that one, which has its class data and so starts faster than a copy does.
   */
  public static void base(Path target) throws IOException {
    Files.createDirectories(target.resolve("config"));
    Files.createDirectories(target.resolve("routes/syncs"));
    Files.createDirectories(target.resolve("bin"));
    Files.writeString(target.resolve("config/application.properties"), "");
    Path program = target.resolve("bin/picsync");
    Files.writeString(
        program,
        "#!/bin/sh\nPICSYNC_BASE='%s' exec '%s' \"$@\"\n"
            .formatted(target, packagedHome().resolve("bin/picsync")));
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  public static Builder picsync(String... arguments) {
    return new Builder(List.of(arguments));
  }

  public long pid() {
    return process.pid();
  }

  public boolean isRunning() {
    return process.isAlive();
  }

  /** What it wrote to standard output so far. */
  public String out() throws IOException {
    return Files.readString(folder.resolve("out"), UTF_8);
  }

  /** What it wrote to standard error so far. */
  public String err() throws IOException {
    return Files.readString(folder.resolve("err"), UTF_8);
  }

  /** As {@code kill PID} does. */
  public void terminate() {
    process.destroy();
  }

  /** As {@code kill -9 PID} does; returns when it is gone. */
  public void kill() {
    process.destroyForcibly();
    process.onExit().join();
  }

  /** Returns when it has ended or the time is over. */
  public void awaitAtMost(Duration time) throws InterruptedException {
    process.waitFor(time.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** As the process list shows it to every user of the machine. */
  public String commandLine() throws IOException {
    return Files.readString(Path.of("/proc", Long.toString(pid()), "cmdline"), UTF_8);
  }

  /** Waits for the end, two minutes at most. */
  public Ended await() throws IOException, InterruptedException {
    return await(BOUND);
  }

  /**
   * @throws AssertionError when it does not end in time; it is killed then
   */
  public Ended await(Duration bound) throws IOException, InterruptedException {
    if (!process.waitFor(bound.toMillis(), TimeUnit.MILLISECONDS)) {
      String all = out() + err();
      process.destroyForcibly();
      throw new AssertionError("picsync did not end within " + bound + ". It said:\n" + all);
    }
    return new Ended(process.exitValue(), out(), err());
  }

  @Override
  public void close() throws IOException {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    process.onExit().join();
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }

  /** Collects how to start it. */
  public static final class Builder {
    private final List<String> arguments;
    private final Map<String, String> environment = new TreeMap<>();
    private final List<String> before = new ArrayList<>();
    private Path program = packagedHome().resolve("bin/picsync");
    private @Nullable Path folder;

    private Builder(List<String> arguments) {
      this.arguments = List.copyOf(arguments);
    }

    /** Another program than that of the packaged home. */
    public Builder program(Path path) {
      program = path;
      return this;
    }

    /** The program as it is typed, such as {@code ./picsync}. */
    public Builder in(Path workingFolder) {
      folder = workingFolder;
      return this;
    }

    public Builder env(String name, String value) {
      environment.put(name, value);
      return this;
    }

    /** Started by another program: {@code setpriv --reuid nobody}. */
    public Builder by(String... words) {
      before.addAll(List.of(words));
      return this;
    }

    public PicsyncProcess start() throws IOException {
      Path own = Files.createTempDirectory("picsync-process-");
      List<String> words = new ArrayList<>(before);
      words.add(program.toString());
      words.addAll(arguments);
      ProcessBuilder builder = new ProcessBuilder(words);
      builder.environment().keySet().removeIf(name -> name.startsWith("PICSYNC_"));
      builder.environment().put("XDG_STATE_HOME", own.resolve("state").toString());
      if (!program.startsWith(packagedHome())) {
        builder.environment().put("PICSYNC_CLASS_DATA", "no"); // seconds for each copy
      }
      builder.environment().putAll(environment);
      if (folder != null) {
        builder.directory(folder.toFile());
      }
      builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
      builder.redirectOutput(own.resolve("out").toFile());
      builder.redirectError(own.resolve("err").toFile());
      return new PicsyncProcess(builder.start(), own);
    }

    /** Starts it and waits for its end. */
    public Ended run() throws IOException, InterruptedException {
      try (PicsyncProcess started = start()) {
        return started.await();
      }
    }
  }
}
