package io.picsync.command;

import io.picsync.routes.RouteFile;
import io.picsync.settings.Placeholders;
import io.picsync.settings.SettingsException;
import io.picsync.sync.Causes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.FailedToCreateRouteException;
import org.apache.camel.FailedToStartRouteException;
import org.apache.camel.NoSuchEndpointException;
import org.apache.camel.PropertyBindingException;
import org.apache.camel.model.Model;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.Resource;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/**
 * Makes one line of what Camel throws when it can't start: up to five nested exceptions, of which
 * some name the file, some the key and some only themselves.
 */
final class StartFailure {
  private static final Pattern UNKNOWN_PARAMETERS =
      Pattern.compile("Unknown parameters=\\[\\{(.*)\\}\\]");
  private static final Pattern NAME = Pattern.compile("(?:^|, )([A-Za-z][\\w.-]*)=");
  private static final Pattern FILE = Pattern.compile("file:(/\\S+\\.camel\\.yaml)");

  private StartFailure() {}

  /**
   * @param context as far as it came; it knows from which file a route is
   */
  static SettingsException of(Exception failure, @Nullable CamelContext context) {
    return new SettingsException(place(failure, context) + problem(failure), failure);
  }

  /** Whether Camel found an id twice; it does not say where. */
  static boolean isOfTwins(Exception failure) {
    for (Throwable at = failure; at != null; at = at.getCause()) {
      if (String.valueOf(at.getMessage()).matches("(?s).*Duplicate (route )?ids? detected.*")) {
        return true;
      }
    }
    return false;
  }

  private static String problem(Exception failure) {
    String found = null;
    for (Throwable at = failure; at != null; at = at.getCause()) {
      String told = told(at);
      found = told == null ? found : told;
      if (at instanceof SettingsException) {
        break;
      }
    }
    if (found != null) {
      return found;
    }
    Throwable root = Causes.root(failure);
    return root.getMessage() == null ? Causes.message(failure) : flat(root.getMessage());
  }

  /** What this exception can say better than the one that holds it; null for nothing. */
  private static @Nullable String told(Throwable at) {
    String message = String.valueOf(at.getMessage());
    if (at instanceof SettingsException) {
      return message;
    }
    if (at instanceof MarkedYamlEngineException yaml) {
      return yaml.getProblem()
          + yaml.getProblemMark().map(mark -> " at line " + (mark.getLine() + 1)).orElse("")
          + ".";
    }
    if (at instanceof PropertyBindingException binding) {
      String key =
          binding.getOptionPrefix() == null
              ? binding.getPropertyName()
              : binding.getOptionPrefix().replaceAll("\\.$", "") + "." + binding.getOptionKey();
      // a value of somebody else's key may be a credential
      boolean ours = binding.getTarget().getClass().getName().startsWith("io.picsync.");
      return "%s is not accepted: there is no such key, or it takes no such value."
          .formatted(ours ? key + "=" + binding.getValue() : key);
    }
    if (at instanceof NoSuchEndpointException endpoint) {
      return "nothing here knows the scheme of '%s'. Check its spelling, or put the component's jar into lib/."
          .formatted(endpoint.getUri().replaceFirst("\\?.*", ""));
    }
    Matcher unknown = UNKNOWN_PARAMETERS.matcher(message);
    if (unknown.find()) {
      return "the parameter %s is not known. Check its spelling."
          .formatted(
              NAME.matcher(unknown.group(1))
                  .results()
                  .map(name -> name.group(1))
                  .collect(Collectors.joining(", ")));
    }
    return Placeholders.why(message);
  }

  private static String place(Throwable failure, @Nullable CamelContext context) {
    for (Throwable at = failure; at != null; at = at.getCause()) {
      Optional<String> file = Optional.empty();
      if (at instanceof FailedToCreateRouteException create) {
        file = fileOf(create.getLocation(), create.getRouteId(), context);
      } else if (at instanceof FailedToStartRouteException start) {
        file = fileOf(start.getLocation(), start.getRouteId(), context);
      } else if (at instanceof MarkedYamlEngineException yaml) {
        file = yaml.getProblemMark().map(Mark::getName).map(StartFailure::shortened);
      } else if (at.getMessage() != null) {
        Matcher named = FILE.matcher(at.getMessage());
        file = named.find() ? Optional.of(shortened(named.group())) : file;
      }
      if (file.isPresent()) {
        return file.get() + ": ";
      }
    }
    return "";
  }

  private static Optional<String> fileOf(
      @Nullable String location, @Nullable String routeId, @Nullable CamelContext context) {
    if (location != null) {
      return Optional.of(shortened(location));
    }
    if (context == null || routeId == null) {
      return Optional.empty();
    }
    RouteDefinition route =
        context
            .getCamelContextExtension()
            .getContextPlugin(Model.class)
            .getRouteDefinition(routeId);
    return route == null ? Optional.empty() : Optional.of(file(route));
  }

  /** Where a route stands: {@code routes/syncs/cam1.camel.yaml}. */
  static String file(RouteDefinition route) {
    return shortened(
        route.getResource() == null ? "route " + route.getId() : route.getResource().getLocation());
  }

  /**
   * {@code routes/syncs/cam1.camel.yaml:9: }, to begin a message with; empty for a single command,
   * whose route is no operator's.
   *
   * @param value that stands in the route, whose line is told
   */
  static String place(RouteDefinition route, String value) {
    Resource resource = route.getResource();
    if (resource == null || resource.getLocation().startsWith("classpath:")) {
      return "";
    }
    try (InputStream content = resource.getInputStream()) {
      String text = new String(content.readAllBytes(), StandardCharsets.UTF_8);
      return "%s:%d: ".formatted(file(route), RouteFile.of(file(route), text).lineOf(value));
    } catch (IOException e) {
      return file(route) + ": ";
    }
  }

  /** {@code routes/syncs/cam1.camel.yaml}, wherever that is. */
  static String shortened(String location) {
    return location.replaceFirst("^file:(//)?", "").replaceFirst(".*/(routes/)", "$1");
  }

  private static String flat(String text) {
    return text.replaceAll("\\s*\\R\\s*", " ");
  }
}
