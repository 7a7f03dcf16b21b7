package io.schemajob.database.libpq;

import io.schemajob.database.connect.DatabaseHost;
import io.schemajob.report.text.Blanks;
import java.util.ArrayList;
import java.util.List;

/** The servers that {@code host}, {@code hostaddr} and {@code port} name, each a list separated by commas. */
final class HostList {
    private final String source;
    private final ParameterValues values;

    HostList(String source, ParameterValues values) {
        this.source = source;
        this.values = values;
    }

    List<DatabaseHost> read() {
        String[] names = list("host");
        String[] addresses = list("hostaddr");
        if (names == null && addresses == null) {
            throw ConfigFailure.of("%s does not say the host.".formatted(source));
        }
        int count = names == null ? addresses.length : names.length;
        if (addresses != null && addresses.length != count) {
            throw ConfigFailure.of(
                    "%s names %d hosts but %d addresses (hostaddr).".formatted(source, count, addresses.length));
        }
        String[] ports = list("port");
        if (ports != null && ports.length != 1 && ports.length != count) {
            throw ConfigFailure.of("%s names %d hosts but %d ports.".formatted(source, count, ports.length));
        }
        List<DatabaseHost> hosts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String address = addresses == null ? "" : addresses[i].strip();
            String port = ports == null ? "" : ports[ports.length == 1 ? 0 : i];
            hosts.add(host(names == null ? "" : names[i], address, port));
        }
        return List.copyOf(hosts);
    }

    private String[] list(String keyword) {
        String text = values.text(keyword);
        return text == null ? null : text.split(",", -1);
    }

    private DatabaseHost host(String text, String address, String port) {
        String name = name(text, !address.isEmpty());
        if (!address.isEmpty() && !address.matches("[0-9.]+|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*(%\\w+)?")) {
            throw values.wrong("hostaddr", "is no IP address");
        }
        return new DatabaseHost(name, address.isEmpty() ? null : address, port(port), null);
    }

    private String name(String text, boolean hasAddress) {
        // Blanks between hosts are no part of them: a list in a manifest is often written so.
        String name = text.replaceAll(LibpqUrl.BLANKS, "");
        if (name.isEmpty() && !hasAddress) {
            boolean named = values.text("host") != null;
            throw ConfigFailure.of("A host name in %s is empty.".formatted(values.origin(named ? "host" : "hostaddr")));
        }
        if (Blanks.in(name)) {
            throw values.wrong("host", "holds a character that no name of a host has");
        }
        if ((name.startsWith("/") || name.startsWith("@")) && !hasAddress) {
            throw ConfigFailure.of(
                    "The host in %s is a Unix socket (%s), which Java's driver cannot use; name a TCP host."
                            .formatted(values.origin("host"), name));
        }
        if (name.matches("[^:\\[\\]]+:\\d*")) {
            throw values.wrong("host", "holds a colon: the port is a parameter of its own");
        }
        return name.startsWith("[") && name.endsWith("]") ? name.substring(1, name.length() - 1) : name;
    }

    private int port(String text) {
        String digits = text.replaceAll(LibpqUrl.BLANKS, "");
        if (digits.isEmpty()) {
            return DatabaseHost.DEFAULT_PORT;
        }
        if (digits.matches("[0-9]{1,5}")) {
            int port = Integer.parseInt(digits);
            if (port >= 1 && port <= 65535) {
                return port;
            }
        }
        throw ConfigFailure.of("The port \"%s\" in %s is not a number from 1 to 65535."
                .formatted(Blanks.shown(digits), values.origin("port")));
    }
}
