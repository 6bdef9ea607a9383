package io.picsync.archive.ftp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ListingEndTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "226 Directory send OK.",
        "226 Transfer complete",
        "226-Options: -l \r\n226 2 matches total",
        "226 2 matches total",
        "226 Transfer complete. 2 files, 17 bytes.",
        "250 Listed."
      })
  void nothingSpeaksAgainstACompleteListing(String reply) {
    assertThat(fault(reply, 2)).isNull();
  }

  @ParameterizedTest
  @MethodSource
  void wordsThatTellOfMoreMakeItUntrusted(String reply, String why) {
    assertThat(fault(reply, 2)).contains(why);
  }

  static Stream<Arguments> wordsThatTellOfMoreMakeItUntrusted() {
    return Stream.of(
        arguments("226 Output truncated to 10000 matches", "limits the length"),
        arguments("226-Options: -l \r\n226 Output truncated to 2 matches", "limits the length"),
        arguments("226 Transfer done (but failed to open directory).", "may not be listed"),
        arguments(
            "226-Sorry, we were unable to read [.]\r\n226-Options: -l \r\n226 0 matches total",
            "may not be listed"),
        arguments("226 3 matches total", "2 lines came"),
        arguments("426 Failure writing network stream.", "did not end well"),
        arguments("200 Fine.", "did not end well"));
  }

  @Test
  void linesBeyondTheCountAreAsSuspicious() {
    assertThat(fault("226 2 matches total", 3)).contains("3 lines came");
  }

  private static @Nullable String fault(String reply, long lines) {
    return ListingEnd.fault(new FtpReply(Integer.parseInt(reply.substring(0, 3)), reply), lines);
  }
}
