package io.picsync.routes;

import com.fasterxml.jackson.databind.JsonNode;
import io.picsync.archive.Archive;
import io.picsync.archive.ArchiveEndpoint;
import io.picsync.archive.Servers;
import io.picsync.routes.RouteFile.Spot;
import io.picsync.routes.RouteRules.Faults;
import io.picsync.settings.OptionFault;
import io.picsync.settings.Placeholders;
import io.picsync.settings.SettingsException;
import io.picsync.sync.Causes;
import io.picsync.sync.SyncEndpoint;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.catalog.CamelCatalog;
import org.apache.camel.catalog.DefaultCamelCatalog;
import org.apache.camel.catalog.EndpointValidationResult;
import org.jspecify.annotations.Nullable;

/**
 * The options of endpoints: Camel's own components by their catalog; ours by making the endpoint,
 * which knows its options, the servers and the schedules. Thread-safe.
 */
final class EndpointRules {
  private static final CamelCatalog CATALOG = new DefaultCamelCatalog(true);
  private static final Map<String, Class<?>> OURS =
      Map.of("sync", SyncEndpoint.class, "archive", ArchiveEndpoint.class);

  private static final Pattern WORDS = Pattern.compile("\\W+");

  private final CamelContext context;
  private final Servers servers;

  EndpointRules(CamelContext context, Servers servers) {
    this.context = context;
    this.servers = servers;
  }

  /** Empty where a property is the whole uri. */
  static String scheme(String uri) {
    int colon = uri.indexOf(':');
    return colon < 0 || uri.startsWith("{{") ? "" : uri.substring(0, colon);
  }

  void check(Spot spot, Faults faults) {
    if (spot.node().isTextual() && !Set.of("description", "note").contains(spot.key())) {
      placeholders(spot, faults);
    }
    if (!spot.node().path("uri").isTextual()) {
      return;
    }
    String uri = spot.text("/uri");
    String scheme = scheme(uri);
    if (!isResolvable(uri)) {
      return; // told where it stands
    }
    if (OURS.containsKey(scheme)) {
      ours(spot, uri, scheme, faults);
    } else if (!scheme.isEmpty()) {
      camels(spot, uri, scheme, faults);
    }
  }

  private boolean isResolvable(String text) {
    try {
      context.resolvePropertyPlaceholders(text);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private void placeholders(Spot spot, Faults faults) {
    try {
      context.resolvePropertyPlaceholders(spot.node().asText());
    } catch (IllegalArgumentException e) {
      String why = Placeholders.why(String.valueOf(e.getMessage()));
      boolean environment = spot.node().asText().contains("{{env:");
      faults.fault(
          environment ? "environment" : "placeholder",
          spot,
          why == null ? "a placeholder in it is not understood." : why);
    }
  }

  private void camels(Spot spot, String uri, String scheme, Faults faults) {
    if (!CATALOG.findComponentNames().contains(scheme)) {
      if (context.getComponent(scheme, true, false) == null) {
        faults.fault(
            "endpoint",
            spot.at("/uri"),
            "nothing here knows the scheme of '%s'. Check its spelling, or put the component's jar into lib/."
                .formatted(uri));
      }
      return;
    }
    StringBuilder whole = new StringBuilder(uri);
    String separator = uri.contains("?") ? "&" : "?";
    for (Map.Entry<String, JsonNode> parameter : spot.node().path("parameters").properties()) {
      whole.append(separator).append(parameter.getKey()).append('=');
      whole.append(parameter.getValue().asText());
      separator = "&";
    }
    EndpointValidationResult result = CATALOG.validateEndpointProperties(whole.toString(), true);
    if (!result.isSuccess()) {
      Set<String> unknown = result.getUnknown() == null ? Set.of() : result.getUnknown();
      Spot at =
          unknown.isEmpty() ? spot.at("/uri") : spot.at("/parameters/" + unknown.iterator().next());
      faults.fault(
          "endpoint",
          at,
          uri + ": " + result.summaryErrorMessage(false).strip() + ". Check its spelling.");
    }
  }

  private void ours(Spot spot, String uri, String scheme, Faults faults) {
    boolean dynamic = uri.contains("${");
    if (dynamic && servers.names().isEmpty()) {
      return; // no server to try it with
    }
    StringBuilder whole =
        new StringBuilder(
            dynamic ? uri.replaceAll("\\$\\{[^}]*}", servers.names().first() + "/pictures") : uri);
    String separator = "?";
    try {
      for (Map.Entry<String, JsonNode> parameter : spot.node().path("parameters").properties()) {
        String value = context.resolvePropertyPlaceholders(parameter.getValue().asText());
        if (value != null && !value.isEmpty()) {
          whole.append(separator).append(parameter.getKey());
          whole.append("=RAW(").append(value).append(')');
          separator = "&";
        }
      }
      Endpoint made =
          Objects.requireNonNull(context.getComponent(scheme)).createEndpoint(whole.toString());
      if (made instanceof SyncEndpoint sync) {
        archives(spot, sync, faults);
      }
    } catch (Exception e) {
      if (Placeholders.why(String.valueOf(e.getMessage())) == null) { // told where it stands
        ourFault(spot, uri, e, faults);
      }
    }
  }

  /** At the line of the parameter, where one is the cause. */
  private static void ourFault(Spot spot, String uri, Exception failure, Faults faults) {
    Optional<OptionFault> option =
        OptionFault.of(failure, Objects.requireNonNull(OURS.get(scheme(uri))));
    String why = option.map(OptionFault::what).orElseGet(() -> why(failure));
    String parameter =
        option
            .map(OptionFault::option)
            .or(() -> named(why, spot))
            .map("/parameters/"::concat)
            .orElse("/uri");
    faults.fault("endpoint", spot.at(parameter), why.startsWith(uri) ? why : uri + ": " + why);
  }

  /** The parameter of the route that a message names first. */
  private static Optional<String> named(String message, Spot spot) {
    List<String> words = WORDS.splitAsStream(message).toList();
    return spot.node().path("parameters").properties().stream()
        .map(Map.Entry::getKey)
        .filter(words::contains)
        .min(Comparator.comparing(words::indexOf));
  }

  private void archives(Spot spot, SyncEndpoint sync, Faults faults) {
    Archive source = archive(spot.at("/parameters/source"), sync.getSource(), faults);
    Archive destination =
        archive(spot.at("/parameters/destination"), sync.getDestination(), faults);
    try {
      if (source != null && destination != null) {
        Archive.checkApart(source, destination);
      }
    } catch (SettingsException e) {
      faults.fault("server", spot.at("/parameters/source"), String.valueOf(e.getMessage()));
    }
  }

  private @Nullable Archive archive(Spot at, String name, Faults faults) {
    try {
      return Archive.of(name, servers);
    } catch (SettingsException e) {
      faults.fault("server", at, String.valueOf(e.getMessage()));
      return null;
    }
  }

  private static String why(Exception failure) {
    for (Throwable at = failure; at != null; at = at.getCause()) {
      if (at instanceof SettingsException) {
        return String.valueOf(at.getMessage());
      }
    }
    return Causes.message(failure);
  }
}
