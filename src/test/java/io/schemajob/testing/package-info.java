/**
 * What the tests are made with. Nothing here is a stand-in but {@code TokenReview}, the one call of Kubernetes.
 *
 * <table>
 * <caption>Where to look</caption>
 * <tr><td>a server</td><td>{@code Postgres} (shared, one of each version for a JVM, or dedicated), {@code OpenBao};
 * {@code PostgresProcess}, {@code PostgresBinaries}, {@code DataFolders}, {@code OpenBaoBinary} behind them</td></tr>
 * <tr><td>a run</td><td>{@code App.of} is a process ({@code PseudoTerminal} gives it a terminal), {@code App.command} a command line in this JVM, {@code JobRun} a job
 * alone; {@code ClassArchive} makes processes start sooner</td></tr>
 * <tr><td>what a run is given</td><td>{@code ScriptFolder}, {@code GitFolder}, {@code BundleFolder}, {@code SqliteFile}, {@code DocBlock},
 * {@code SchemajobCommand} (for blocks of the docs)</td></tr>
 * <tr><td>what it left</td><td>{@code OtherSession}, {@code Rows}, {@code CatalogText}, {@code SchemaCensus}, {@code
 * SchemaDump}, {@code RecordingLog}; {@code SarifSchema}</td></tr>
 * <tr><td>Vault</td><td>{@code OpenBaoApi}, {@code VaultSetup}, {@code AgentExecutorVault}, {@code ServiceAccountTokens},
 * {@code TokenReview}</td></tr>
 * <tr><td>what stands between</td><td>{@code PostgresProxy}, {@code WireProxy} (knows the messages of the protocol), {@code VaultProxy}, {@code HttpWire}, {@code FakeServer}, {@code PgBouncer},
 * {@code TestCa}, {@code TestTls}, {@code ClientKeys}</td></tr>
 * <tr><td>other programs</td><td>{@code Program}; {@code Alembic}, {@code LangGraph}, {@code GolangMigrate}, {@code
 * Goose}, {@code Dbmate}, {@code Libpq}, {@code PostgresClient}, {@code PgVector}, {@code Podman}, {@code UnixShell};
 * {@code PythonPackages}, {@code PostgresWheel}, {@code GoProgram}, {@code GoToolchain} get them; {@code Parts} says what
 * happens where they cannot be had</td></tr>
 * <tr><td>a browser</td><td>{@code Chromium} opens a {@code BrowserPage}</td></tr>
 * <tr><td>how much</td><td>{@code Matrix}: what differs, or everything; {@code Together}: many cases for the cost of one</td></tr>
 * <tr><td>how long</td><td>{@code Promptly}; {@code TemporaryFolders} go with the JVM</td></tr>
 * </table>
 */
package io.schemajob.testing;
