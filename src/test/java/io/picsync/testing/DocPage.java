package io.picsync.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * A page of the documentation with its fenced blocks. What stands behind the opening fence is a
 * language and a name: {@code ```sh install}.
 */
public record DocPage(Path file, List<Block> blocks) {
  private static final Pattern FENCE =
      Pattern.compile("(?ms)^( *)```(\\S*) *([^\\n]*)\\n(.*?)^\\1```$");

  /** One fenced block, its text with the last line's end. */
  public record Block(String language, String name, String text) {}

  public static DocPage read(Path file) throws IOException {
    return new DocPage(
        file,
        FENCE
            .matcher(Files.readString(file))
            .results()
            .map(
                block ->
                    new Block(
                        block.group(2),
                        block.group(3).strip(),
                        block.group(4).replaceAll("(?m)^" + block.group(1), "")))
            .toList());
  }

  /** The text of the one block of that name. */
  public String block(String name) {
    List<Block> named = blocks.stream().filter(block -> block.name().equals(name)).toList();
    if (named.size() != 1) {
      throw new AssertionError(
          "%s has %d blocks called '%s', one is wanted.".formatted(file, named.size(), name));
    }
    return named.get(0).text();
  }

  /**
   * Types the block into a shell, whose first failing command ends it.
   *
   * @param root what the block calls {@code /opt}, {@code /etc}, {@code /srv} and {@code /var} is
   *     below this folder
   * @return what it wrote
   * @throws AssertionError when it fails
   */
  public String run(String name, Path root, Map<String, String> environment)
      throws IOException, InterruptedException {
    return shell(below(block(name), root), root, environment);
  }

  /** A text with the folders of a whole machine moved below one of a test. */
  public static String below(String text, Path root) {
    return text.replaceAll("(?<![\\w./-])/(opt|etc|srv|var)\\b", root + "/$1");
  }

  private static String shell(String commands, Path root, Map<String, String> environment)
      throws IOException, InterruptedException {
    Path output = Files.createTempFile("picsync-doc-", ".txt");
    try {
      ProcessBuilder builder = new ProcessBuilder("bash", "-euo", "pipefail", "-c", commands);
      builder.directory(root.toFile());
      builder.environment().keySet().removeIf(name -> name.startsWith("PICSYNC_"));
      builder.environment().putAll(environment);
      builder.redirectErrorStream(true).redirectOutput(output.toFile());
      Process process = builder.start();
      if (!process.waitFor(2, TimeUnit.MINUTES)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        throw new AssertionError("Not ended within two minutes:\n" + commands);
      }
      String told = Files.readString(output, UTF_8);
      if (process.exitValue() != 0) {
        throw new AssertionError(
            "Exit code %d of:\n%s\nIt said:\n%s".formatted(process.exitValue(), commands, told));
      }
      return told;
    } finally {
      Files.delete(output);
    }
  }
}
