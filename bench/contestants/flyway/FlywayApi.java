import org.flywaydb.core.Flyway;

/** What an application does that migrates at its start: the API with its defaults. */
public final class FlywayApi {
    private FlywayApi() {}

    /** @param args URL, user, password, folder of the scripts */
    public static void main(String[] args) {
        Flyway.configure()
                .dataSource(args[0], args[1], args[2])
                .locations("filesystem:" + args[3])
                .load()
                .migrate();
    }
}
