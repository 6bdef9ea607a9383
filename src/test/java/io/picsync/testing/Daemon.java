package io.picsync.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A daemon that a test started, and the folder with its configuration and its words. Its end is the
 * end of all of its sessions, and the folder goes.
 */
final class Daemon implements AutoCloseable {
  private static final int TRIES = 500;
  private static final int PAUSE_MILLIS = 10;

  /** Asked until it says yes; false and an exception both mean: not yet. */
  interface Probe {
    boolean answers(Socket socket) throws IOException;
  }

  private final Process process;
  private final Path folder;

  private Daemon(Process process, Path folder) {
    this.process = process;
    this.folder = folder;
  }

  /** A folder that the daemon may enter whoever it runs as. */
  static Path newFolder(String name) throws IOException {
    Path folder = Files.createTempDirectory(name);
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.createFile(folder.resolve("output"));
    return folder;
  }

  /**
   * @param folder of {@link #newFolder}; what the daemon prints goes to its file {@code output}
   */
  static Daemon start(Path folder, ProcessBuilder builder) throws IOException {
    Path output = folder.resolve("output");
    return new Daemon(
        builder
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
            .start(),
        folder);
  }

  static Path program(String name) {
    return DaemonCondition.find(name)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    name + " is not installed; .ci/daemons unpacks it for the tests"));
  }

  /** {@code /usr/lib/proftpd} for a program in {@code /usr/sbin}, wherever that was unpacked. */
  static Path beside(Path program, String path) {
    return program.resolveSibling("../" + path).normalize();
  }

  /** Lets a program that was unpacked find the libraries that were unpacked with it. */
  static void findLibraries(Path program, ProcessBuilder builder) throws IOException {
    if (program.startsWith(DaemonCondition.unpacked())) {
      try (DirectoryStream<Path> machines =
          Files.newDirectoryStream(beside(program, "lib"), "*-linux-*")) {
        for (Path machine : machines) {
          builder.environment().put("LD_LIBRARY_PATH", machine.toString());
        }
      }
    }
  }

  /** Runs a program that belongs to a daemon to its end. */
  static void run(String... command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    if (process.onExit().join().exitValue() != 0) {
      throw new IOException(command[0] + " failed: " + output);
    }
  }

  /** False if it ended, for instance because its port is taken, or stays silent. */
  boolean answers(int port, Probe probe) throws IOException {
    for (int i = 0; i < TRIES && !endedMeanwhile(); i++) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        socket.setSoTimeout(10_000);
        if (probe.answers(socket)) {
          return true;
        }
      } catch (IOException e) {
        // Not yet.
      }
    }
    return false;
  }

  /** The probe's own session would count against limits; false if the daemon ended. */
  boolean waitForNoSessions() throws IOException {
    for (int i = 0; i < TRIES && !endedMeanwhile(); i++) {
      if (process.descendants().findAny().isEmpty()) {
        return true;
      }
    }
    return false;
  }

  /** Processes of sessions open now. */
  long sessions() {
    return process.descendants().count();
  }

  /** Kills the sessions, transfers included; the daemon itself goes on. */
  void dropSessions() {
    frozen().forEach(ProcessHandle::destroyForcibly);
  }

  /**
   * The processes of all sessions, stopped: sshd forks the user's process just after the login, and
   * one that was forked between the look and the kill would hold its connection for ever.
   */
  private Set<ProcessHandle> frozen() {
    Set<ProcessHandle> frozen = new HashSet<>();
    while (true) {
      List<ProcessHandle> found =
          process.descendants().filter(session -> !frozen.contains(session)).toList();
      if (found.isEmpty()) {
        return frozen;
      }
      stop(found);
      frozen.addAll(found);
    }
  }

  /** Until they are killed; one that ended meanwhile is no matter. */
  private static void stop(List<ProcessHandle> processes) {
    String ids = processes.stream().map(each -> " " + each.pid()).collect(Collectors.joining());
    try {
      new ProcessBuilder("sh", "-c", "kill -STOP" + ids + " 2>/dev/null").start().onExit().join();
    } catch (IOException e) {
      throw new UncheckedIOException("Sessions can't be stopped:" + ids, e);
    }
  }

  String output() throws IOException {
    return Files.readString(folder.resolve("output"));
  }

  @Override
  public void close() throws IOException {
    // Sessions outlive the listener, so they are collected before it goes.
    stop(List.of(process.toHandle()));
    Set<ProcessHandle> sessions = frozen();
    process.destroyForcibly();
    sessions.forEach(ProcessHandle::destroyForcibly);
    process.onExit().join();
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(Daemon::delete);
    }
  }

  private static void delete(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean endedMeanwhile() throws IOException {
    try {
      return process.waitFor(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while a daemon starts", e);
    }
  }
}
