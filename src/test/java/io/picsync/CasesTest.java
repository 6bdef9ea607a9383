package io.picsync;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/cases.md names tests that are there. */
final class CasesTest {
  private static final Pattern NAMED =
      Pattern.compile("`([A-Z]\\w+(?:IT|Test|Contract))(?:\\.(\\w+))?`");

  @Test
  void casesNameTestsThatAreThere() throws IOException {
    Map<String, String> sources = sources();
    List<MatchResult> named =
        NAMED.matcher(Files.readString(Path.of("docs/cases.md"))).results().toList();

    assertThat(named).hasSizeGreaterThan(30);
    for (MatchResult test : named) {
      assertThat(sources).containsKey(test.group(1));
      if (test.group(2) != null) {
        assertThat(sources.get(test.group(1))).contains("void " + test.group(2) + "(");
      }
    }
  }

  private static Map<String, String> sources() throws IOException {
    Map<String, String> sources = new HashMap<>();
    try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
        sources.put(file.getFileName().toString().replace(".java", ""), Files.readString(file));
      }
    }
    return sources;
  }
}
