package io.schemajob.vault.settings;

import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.Failure;
import io.schemajob.report.failure.SchemajobException;
import io.schemajob.report.text.Blanks;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where Vault is and how to log in to it, checked as far as that can be done without reading a file or the network.
 *
 * @param address scheme, host and port, and a path if Vault stands behind one; no slash at its end
 * @param auth how to log in
 * @param authMount where the method is mounted, without {@code auth/}
 * @param role Vault's role for the job; null for methods that need none
 * @param tokenFile holds the JWT for Kubernetes and JWT logins, or the token for the token login
 * @param namespace sent with every request; null for none
 * @param caCert PEM file of the only authorities trusted for Vault; null for the platform's
 * @param token for the token login; null otherwise
 * @param roleId for AppRole; null otherwise
 * @param secretIdFile for AppRole; null for roles that are bound by other means
 * @param secretPath mount and path of the KV secret, as {@code vault kv get} takes them; null if not set
 * @param databaseRole API path of the dynamic credentials, {@code database/creds/NAME}; null if not set
 * @param connectTimeout how long Vault may be unreachable before a request gives up
 */
public record VaultSettings(
        URI address,
        AuthMethod auth,
        String authMount,
        String role,
        Path tokenFile,
        String namespace,
        Path caCert,
        String token,
        String roleId,
        Path secretIdFile,
        String secretPath,
        String databaseRole,
        Duration connectTimeout) {

    public static final String ADDRESS = "VAULT_ADDR";
    public static final String AUTH = "SCHEMAJOB_VAULT_AUTH";
    public static final String AUTH_MOUNT = "SCHEMAJOB_VAULT_AUTH_MOUNT";
    public static final String ROLE = "SCHEMAJOB_VAULT_ROLE";
    public static final String TOKEN_FILE = "SCHEMAJOB_VAULT_TOKEN_FILE";
    public static final String NAMESPACE = "VAULT_NAMESPACE";
    public static final String CA_CERT = "VAULT_CACERT";
    public static final String TOKEN = "VAULT_TOKEN";
    public static final String ROLE_ID = "SCHEMAJOB_VAULT_ROLE_ID";
    public static final String SECRET_ID_FILE = "SCHEMAJOB_VAULT_SECRET_ID_FILE";
    public static final String SECRET = "SCHEMAJOB_VAULT_SECRET";
    public static final String DATABASE_ROLE = "SCHEMAJOB_VAULT_DATABASE_ROLE";

    /** The home folder, in which {@code vault login} leaves its token. */
    public static final String HOME = "HOME";

    private static final String DEFAULT_TOKEN_FILE = "/var/run/secrets/kubernetes.io/serviceaccount/token";

    public VaultSettings {
        Objects.requireNonNull(address);
        Objects.requireNonNull(auth);
        Objects.requireNonNull(authMount);
        Objects.requireNonNull(tokenFile);
        Objects.requireNonNull(connectTimeout);
    }

    /**
     * Reads the settings by the names that are this record's constants; blank values count as not set.
     *
     * @throws SchemajobException CONFIG naming the setting that is missing or malformed
     */
    public static VaultSettings of(Map<String, String> values, Duration connectTimeout) {
        Values given = new Values(values);
        AuthMethod auth = given.find(AUTH).map(AuthMethod::of).orElse(AuthMethod.KUBERNETES);
        VaultSettings settings = new VaultSettings(
                address(given.require(ADDRESS, "It is Vault's URL, such as https://vault.example:8200.")),
                auth,
                given.find(AUTH_MOUNT).map(VaultSettings::mount).orElse(auth.id()),
                given.find(ROLE).orElse(null),
                given.tokenFile(auth),
                given.find(NAMESPACE).map(VaultSettings::trimSlashes).orElse(null),
                given.path(CA_CERT).orElse(null),
                given.find(TOKEN).orElse(null),
                given.find(ROLE_ID).orElse(null),
                given.path(SECRET_ID_FILE).orElse(null),
                given.find(SECRET).map(VaultSettings::trimSlashes).orElse(null),
                given.find(DATABASE_ROLE).map(VaultSettings::databaseRole).orElse(null),
                connectTimeout);
        given.requireFor(auth);
        return settings;
    }

    /** Without the token. */
    @Override
    public String toString() {
        return "VaultSettings[address=" + address + ", auth=" + auth + ", authMount=" + authMount + ", role=" + role
                + ", namespace=" + namespace + ", secretPath=" + secretPath + ", databaseRole=" + databaseRole + "]";
    }

    /** The text without slashes at its end. */
    public static String trimEnd(String path) {
        int end = path.length();
        while (end > 0 && path.charAt(end - 1) == '/') {
            end--;
        }
        return path.substring(0, end);
    }

    /** The text with the slashes at both ends removed. */
    public static String trimSlashes(String path) {
        return trimEnd(path.replaceFirst("^/+", ""));
    }

    private static URI address(String text) {
        try {
            URI uri = new URI(trimEnd(text));
            boolean web = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
            // User info in a URL would be a password in log lines, so it is not let in; the text is not repeated here.
            if (web && uri.getHost() != null && uri.getRawUserInfo() == null && uri.getRawQuery() == null) {
                requireNoApiPath(uri);
                return uri;
            }
        } catch (URISyntaxException e) {
            // Its message repeats the text, so it is left out.
        }
        throw config(ADDRESS + " is not an address that Vault can have.")
                .hint("It is scheme, host and port, such as https://vault.example:8200, without user, password or"
                        + " query.")
                .asException();
    }

    /** What people copy from the browser, or from the URL of a request. */
    private static void requireNoApiPath(URI uri) {
        Matcher api = Pattern.compile("(?:^|/)(v1|ui)(/.*)?$").matcher(uri.getRawPath());
        if (api.find()) {
            String address = uri.getScheme() + "://" + uri.getRawAuthority()
                    + trimEnd(uri.getRawPath().substring(0, api.start()));
            throw config("%s has the path %s, which is no part of Vault's address."
                            .formatted(ADDRESS, uri.getRawPath()))
                    .hint("Set %s=%s".formatted(ADDRESS, address))
                    .asException();
        }
    }

    private static String mount(String text) {
        return trimSlashes(trimSlashes(text).replaceFirst("^auth/", ""));
    }

    private static String databaseRole(String text) {
        String path = trimSlashes(text);
        if (!path.matches(".+/(static-)?creds/[^/]+")) {
            throw config(DATABASE_ROLE + " is '" + text + "', which is not MOUNT/creds/NAME.")
                    .hint("Name the path that issues the credentials, such as database/creds/my-role.")
                    .asException();
        }
        return path;
    }

    private static Failure config(String message) {
        return Failure.of(ExitStatus.CONFIG, message);
    }

    /** The raw settings, asked by name. */
    private record Values(Map<String, String> values) {
        Optional<String> find(String name) {
            Optional<String> found =
                    Optional.ofNullable(values.get(name)).map(String::strip).filter(text -> !text.isEmpty());
            found.flatMap(Blanks::first).ifPresent(character -> {
                throw config(name + " has " + character + " in it.")
                        .hint("Write the value again without it; nobody can see it.")
                        .asException();
            });
            return found;
        }

        String require(String name, String hint) {
            return find(name)
                    .orElseThrow(() -> config(name + " is not set.").hint(hint).asException());
        }

        Optional<Path> path(String name) {
            try {
                return find(name).map(Path::of);
            } catch (InvalidPathException e) {
                throw config(name + " is not a file name.").asException(e);
            }
        }

        void requireFor(AuthMethod auth) {
            switch (auth) {
                case KUBERNETES -> require(ROLE, "It names the role under auth/MOUNT/role/ in Vault.");
                case APPROLE -> require(ROLE_ID, "Read it with: vault read auth/MOUNT/role/ROLE/role-id");
                case TOKEN -> requireToken();
                case JWT -> {
                    // The role may be left to the mount's default_role.
                }
            }
        }

        /** The usual one holds a JWT; for the token login that of {@code vault login} stands in its place. */
        Path tokenFile(AuthMethod auth) {
            Path usual = Path.of(DEFAULT_TOKEN_FILE);
            Path file = path(TOKEN_FILE).orElse(usual);
            return auth == AuthMethod.TOKEN && file.equals(usual)
                    ? path(HOME).map(home -> home.resolve(".vault-token")).orElse(usual)
                    : file;
        }

        /** The token itself, or a file that somebody named, or the one that {@code vault login} writes. */
        private void requireToken() {
            Path usual = Path.of(DEFAULT_TOKEN_FILE);
            Path file = tokenFile(AuthMethod.TOKEN);
            boolean named = path(TOKEN_FILE).filter(any -> !any.equals(usual)).isPresent();
            if (find(TOKEN).isEmpty() && (named || !file.equals(usual) && Files.exists(file))) {
                return;
            }
            String token = require(
                    TOKEN,
                    "Or name the file that holds it with %s, log in with the vault command (~/.vault-token), or choose another login with %s."
                            .formatted(TOKEN_FILE, AUTH));
            SecretText.mistake(token).ifPresent(mistake -> {
                throw config(TOKEN + " holds " + mistake.what() + ".")
                        .hint(mistake.hint())
                        .asException();
            });
            if (!token.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
                throw config(TOKEN + " holds characters that no Vault token has.")
                        .hint("Look for line breaks or quotes in the value.")
                        .asException();
            }
        }
    }
}
