import com.sun.tools.attach.VirtualMachine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Scanner;
import java.util.Set;
import java.util.stream.Collectors;
import javax.management.AttributeList;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/**
 * Starts runs of a picsync service through JMX and tells when they have ended.
 *
 * <p>usage: java ServiceControl.java PID, then lines {@code startCheck SYNC...} on standard input.
 * For each line it starts a run of each sync, waits for all, and prints one line: when it began, in
 * milliseconds since 1970, and for each sync, in the order they were seen to be idle again, its
 * name and the id of the run. It looks seldom: a look takes half a millisecond of the processors
 * that are measured.
 */
public final class ServiceControl {
  private static final long LOOK_MILLIS = 50;

  private final MBeanServerConnection beans;
  private final Map<String, ObjectName> syncs = new LinkedHashMap<>();

  private ServiceControl(MBeanServerConnection beans) throws Exception {
    this.beans = beans;
    for (ObjectName name : beans.queryNames(null, null)) {
      Set<String> attributes =
          Arrays.stream(beans.getMBeanInfo(name).getAttributes())
              .map(MBeanAttributeInfo::getName)
              .collect(Collectors.toSet());
      if (attributes.containsAll(Set.of("Name", "SyncState", "LastRunId"))) {
        syncs.put((String) beans.getAttribute(name, "Name"), name);
      }
    }
  }

  public static void main(String[] arguments) throws Exception {
    VirtualMachine machine = VirtualMachine.attach(arguments[0]);
    String address = machine.startLocalManagementAgent();
    machine.detach();
    try (JMXConnector connector = JMXConnectorFactory.connect(new JMXServiceURL(address));
        Scanner lines = new Scanner(System.in)) {
      ServiceControl control = new ServiceControl(connector.getMBeanServerConnection());
      System.out.println("ready " + control.syncs.keySet());
      while (lines.hasNextLine()) {
        String[] words = lines.nextLine().split(" ");
        System.out.println(
            control.run(words[0], Arrays.asList(words).subList(1, words.length)));
      }
    }
  }

  private String run(String operation, List<String> names) throws Exception {
    Map<String, String> before = new LinkedHashMap<>();
    for (String name : names) {
      before.put(name, (String) beans.getAttribute(syncs.get(name), "LastRunId"));
    }
    long began = System.currentTimeMillis();
    for (String name : names) {
      beans.invoke(syncs.get(name), operation, new Object[0], new String[0]);
    }
    List<String> told = new ArrayList<>();
    told.add(Long.toString(began));
    while (!before.isEmpty()) {
      for (String name : List.copyOf(before.keySet())) {
        AttributeList state =
            beans.getAttributes(
                syncs.get(name), new String[] {"SyncState", "LastRunId"});
        String id = (String) value(state, 1);
        if (value(state, 0).equals("idle") && !id.equals(before.get(name))) {
          before.remove(name);
          told.add(name + " " + id);
        }
      }
      Thread.sleep(LOOK_MILLIS);
    }
    return String.join(";", told);
  }

  private static Object value(AttributeList list, int index) {
    return list.asList().get(index).getValue();
  }
}
