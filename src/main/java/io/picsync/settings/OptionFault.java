package io.picsync.settings;

import static java.util.stream.Collectors.joining;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.PropertyBindingException;
import org.apache.camel.ResolveEndpointFailedException;

/**
 * An option of an endpoint of ours that Camel can't set, in an operator's words: Camel tells it by
 * up to four nested exceptions that speak of setters and type converters.
 *
 * @param option its name
 * @param what why, and what to do
 */
public record OptionFault(String option, String what) {
  /** How Camel tells of options that an endpoint does not have. */
  private static final Pattern UNKNOWN =
      Pattern.compile("(?s).*Unknown parameters=\\[\\{([^=]+)=.*");

  /**
   * For what Camel threw when it made an endpoint; empty when no option was the cause.
   *
   * @param endpoint the class of the endpoint, whose setters are its options
   */
  public static Optional<OptionFault> of(Throwable failure, Class<?> endpoint) {
    for (Throwable at = failure; at != null; at = at.getCause()) {
      if (at instanceof PropertyBindingException binding && binding.getPropertyName() != null) {
        return Optional.of(value(binding, endpoint));
      }
      Matcher unknown = UNKNOWN.matcher(String.valueOf(at.getMessage()));
      if (at instanceof ResolveEndpointFailedException && unknown.matches()) {
        return Optional.of(unknown(unknown.group(1), endpoint));
      }
    }
    return Optional.empty();
  }

  private static OptionFault unknown(String option, Class<?> endpoint) {
    Set<String> known = new TreeSet<>();
    setters(endpoint).forEach(setter -> known.add(option(setter)));
    return new OptionFault(
        option,
        "the parameter %s is not known. The nearest is %s."
            .formatted(option, Settings.nearest(option, known)));
  }

  private static OptionFault value(PropertyBindingException binding, Class<?> endpoint) {
    String option = binding.getPropertyName();
    Object value = binding.getValue();
    return new OptionFault(
        option,
        setters(endpoint).stream()
            .filter(setter -> option(setter).equals(option))
            .findFirst()
            .map(setter -> "%s=%s: %s".formatted(option, value, wanted(setter)))
            .orElseGet(() -> unknown(option, endpoint).what()));
  }

  private static Set<Method> setters(Class<?> endpoint) {
    Set<Method> setters = new HashSet<>(Arrays.asList(endpoint.getDeclaredMethods()));
    setters.removeIf(
        method -> !method.getName().matches("set[A-Z].*") || method.getParameterCount() != 1);
    return setters;
  }

  private static String option(Method setter) {
    String name = setter.getName().substring("set".length());
    return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
  }

  private static String wanted(Method setter) {
    Class<?> type = setter.getParameterTypes()[0];
    if (type.isEnum()) {
      return "the word is none of %s."
          .formatted(
              Arrays.stream(type.getEnumConstants()).map(String::valueOf).collect(joining(", ")));
    }
    return type == boolean.class ? "true or false is wanted." : "a whole number is wanted.";
  }
}
