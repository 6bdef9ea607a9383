package io.picsync.testing;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** Decides about {@link RequiresDaemon}. */
final class DaemonCondition implements ExecutionCondition {
  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    return AnnotationSupport.findAnnotation(context.getElement(), RequiresDaemon.class)
        .map(required -> decide(required.value(), "true".equals(System.getenv("CI"))))
        .orElseGet(() -> ConditionEvaluationResult.enabled("No daemon required"));
  }

  static ConditionEvaluationResult decide(String daemon, boolean ci) {
    Optional<Path> program = find(daemon);
    if (daemon.equals("sshd") && NssWrapper.library().isEmpty()) {
      program = Optional.empty(); // it would ask for the machine's users
    }
    if (program.isPresent()) {
      return ConditionEvaluationResult.enabled("Found " + program.get());
    }
    String reason =
        daemon
            + " is not installed on this machine: .ci/run installs it, or .ci/daemons unpacks it";
    if (ci) {
      throw new IllegalStateException("CI=true, but " + reason);
    }
    System.err.println("Skipped: " + reason);
    return ConditionEvaluationResult.disabled(reason);
  }

  /** Where {@code .ci/daemons} unpacks the daemons that the machine does not have. */
  static Path unpacked() {
    return Path.of(".daemons").toAbsolutePath();
  }

  /** Daemons often live outside the PATH of ordinary users. */
  static Optional<Path> find(String program) {
    String path = System.getenv().getOrDefault("PATH", "");
    Stream<String> outside =
        Stream.of(
            "/usr/sbin",
            "/usr/local/sbin",
            unpacked().resolve("usr/sbin").toString(),
            unpacked().resolve("usr/bin").toString());
    return Stream.concat(Stream.of(path.split(File.pathSeparator)), outside)
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
