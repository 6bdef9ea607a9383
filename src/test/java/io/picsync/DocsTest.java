package io.picsync;

import static org.assertj.core.api.Assertions.assertThat;

import io.picsync.testing.DocPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * No command and no example of the documentation stands there untried: each block has a name, and a
 * test or a script of the CI that takes it from its page by that name. Links lead somewhere.
 */
final class DocsTest {
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:\\s]+)(#[^)]*)?\\)");

  private static final Pattern LIST_ITEM = Pattern.compile("^\\s*(\\d+\\.|[-*])\\s.*");

  private static List<Path> pages() throws IOException {
    List<Path> pages = new ArrayList<>(List.of(Path.of("README.md")));
    try (Stream<Path> docs = Files.list(Path.of("docs"))) {
      docs.filter(page -> page.toString().endsWith(".md")).sorted().forEach(pages::add);
    }
    return pages;
  }

  /** What takes blocks: all tests and the scripts of the CI. */
  private static List<String> takers() throws IOException {
    List<String> takers = new ArrayList<>();
    for (String folder : List.of("src/test/java", ".ci")) {
      try (Stream<Path> files = Files.walk(Path.of(folder))) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          takers.add(Files.readString(file));
        }
      }
    }
    return takers;
  }

  @Test
  void eachBlockIsTakenByATestOrAScript() throws IOException {
    List<String> takers = takers();
    List<String> untried = new ArrayList<>();
    for (Path page : pages()) {
      for (DocPage.Block block : DocPage.read(page).blocks()) {
        boolean tried =
            block.language().equals("text")
                || takers.stream()
                    .filter(taker -> !block.name().isEmpty())
                    .anyMatch(
                        taker ->
                            taker.contains(page.toString())
                                && taker.contains("\"" + block.name() + "\""));
        if (!tried) {
          untried.add(page + ": ```" + block.language() + " " + block.name());
        }
      }
    }
    assertThat(untried).isEmpty();
  }

  /** A block by indentation has no name, so nothing could take it. */
  @Test
  void noBlockIsOneByIndentation() throws IOException {
    for (Path page : pages()) {
      String text = Files.readString(page).replaceAll("(?ms)^( *)```.*?^\\1```$", "");
      List<String> lines = text.lines().toList();
      boolean list = false;
      for (String line : lines) {
        list =
            LIST_ITEM.matcher(line).matches() || (list && (line.isBlank() || line.startsWith(" ")));
        assertThat(!list && line.startsWith("    ")).as("%s: %s", page, line).isFalse();
      }
    }
  }

  @Test
  void linksLeadToFilesAndHeadings() throws IOException {
    for (Path page : pages()) {
      for (MatchResult link : LINK.matcher(Files.readString(page)).results().toList()) {
        Path target = page.resolveSibling(link.group(1)).normalize();
        assertThat(target).as("%s links to %s", page, link.group()).exists();
        if (link.group(2) != null && target.toString().endsWith(".md")) {
          assertThat(anchors(target))
              .as("%s links to %s", page, link.group())
              .contains(link.group(2));
        }
      }
    }
  }

  /** As GitHub makes them of headings. */
  private static List<String> anchors(Path page) throws IOException {
    return Files.readAllLines(page).stream()
        .filter(line -> line.startsWith("#"))
        .map(
            line ->
                "#"
                    + line.replaceFirst("^#+ ", "")
                        .toLowerCase(java.util.Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-'))
        .toList();
  }
}
