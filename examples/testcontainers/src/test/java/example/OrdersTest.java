package example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.PostgreSQLContainer;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;

/** The application's test runs on the schema that the release will have. */
@Testcontainers
class OrdersTest {
    @Container
    private static final PostgreSQLContainer<?> POSTGRES = new PostgreSQLContainer<>("postgres:17")
            .withNetwork(Network.newNetwork())
            .withNetworkAliases("postgres");

    @BeforeAll
    static void migrate() {
        try (SchemaContainer schema = new SchemaContainer(POSTGRES, "orders")) {
            schema.start();
        }
    }

    @Test
    void anOrderGetsItsTime() throws SQLException {
        try (Connection connection = DriverManager.getConnection(
                        POSTGRES.getJdbcUrl(), POSTGRES.getUsername(), POSTGRES.getPassword());
                Statement statement = connection.createStatement()) {
            statement.execute("INSERT INTO orders (customer) VALUES ('Ada')");
            try (ResultSet row = statement.executeQuery("SELECT customer, placed <= now() FROM orders")) {
                assertTrue(row.next());
                assertEquals("Ada", row.getString(1));
                assertTrue(row.getBoolean(2));
            }
        }
    }
}
