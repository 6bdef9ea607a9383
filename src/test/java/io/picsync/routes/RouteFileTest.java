package io.picsync.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;

final class RouteFileTest {
  private static RouteFile file(String text) {
    return RouteFile.of("routes/x.camel.yaml", text);
  }

  @Test
  void eachNodeKnowsItsLine() {
    RouteFile file =
        file(
            "# a comment\n- route:\n    id: x\n    from:\n      uri: direct:x\n      steps:\n        - to:\n            uri: direct:y\n");

    assertThat(file.line("/0/route/from/uri")).isEqualTo(5);
    assertThat(file.line("/0/route/from/steps/0/to/uri")).isEqualTo(8);
    assertThat(file.line("/0/route/absent")).as("that of the route").isEqualTo(2);
    assertThat(file.routes())
        .singleElement()
        .satisfies(route -> assertThat(route.line()).isEqualTo(2));
    assertThat(file.unreadable()).isNull();
  }

  @Test
  void whatIsNoYamlTellsTheLine() {
    FileFault fault =
        Objects.requireNonNull(file("- route:\n    id: \"x\n    from: y\n").unreadable());

    assertThat(fault.rule()).isEqualTo("yaml");
    assertThat(fault.line()).isGreaterThan(1);
    assertThat(fault.toString()).startsWith("routes/x.camel.yaml:" + fault.line() + ": ");
  }

  @Test
  void whatHoldsNoRouteIsAFault() {
    for (String text : new String[] {"", "# nothing\n", "[]", "route: {}\n", "~"}) {
      assertThat(file(text).unreadable()).as(text).isNotNull();
    }
  }
}
