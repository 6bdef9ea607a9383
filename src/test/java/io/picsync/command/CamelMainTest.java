package io.picsync.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import org.apache.camel.main.DefaultMainShutdownStrategy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who stops Camel when the JVM is stopped. */
final class CamelMainTest {
  private final PicsyncRuntime runtime;

  CamelMainTest(@TempDir Path home) {
    runtime = new PicsyncRuntime(home, Clock.systemUTC());
  }

  @Test
  void aServiceIsStoppedByTheHookOfCamel() {
    assertThat(CamelMain.create(runtime).getShutdownStrategy())
        .isInstanceOf(DefaultMainShutdownStrategy.class);
  }

  /**
   * At a stop of the JVM both hooks run at once. Camel's has a listener that waits 45 s for the
   * context to be stopped, and it could be the command's own hook that had to do the waiting.
   */
  @Test
  void aRunOfTheCommandHasNoHookBesideItsOwn() {
    assertThat(CamelMain.createForOneRun(runtime).getShutdownStrategy())
        .isNotInstanceOf(DefaultMainShutdownStrategy.class);
  }
}
