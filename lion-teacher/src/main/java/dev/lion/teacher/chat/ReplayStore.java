package dev.lion.teacher.chat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.Properties;

/**
 * Texts by key in a SQLite file that several processes may use at the same time. What was put is found by all from then on;
 * it survives the end of the process at once, and a power failure from the next checkpoint on. For any thread.
 */
final class ReplayStore implements AutoCloseable {
    private static final int APPLICATION = 0x4C696F6E; // "Lion"
    private static final int VERSION = 1;
    private static final int BUSY_MILLIS = 10_000;
    private static final String DRIVER = "org.sqlite.JDBC";

    private final Path file;
    private final Connection connection;
    private final PreparedStatement find;
    private final PreparedStatement put;
    private final PreparedStatement remove;

    private ReplayStore(Path file, Connection connection) throws SQLException {
        this.file = file;
        this.connection = connection;
        this.find = connection.prepareStatement("SELECT reply FROM replies WHERE request = ?");
        this.put = connection.prepareStatement(
                "INSERT INTO replies (request, reply) VALUES (?, ?) ON CONFLICT (request) DO NOTHING");
        this.remove = connection.prepareStatement("DELETE FROM replies WHERE request = ?");
    }

    /**
     * Opens a file, made when it is missing.
     *
     * @throws ReplayCacheException when it is something else, damaged, of a newer lion, or cannot be used
     */
    static ReplayStore open(Path file) {
        Driver driver = driver();
        try {
            Connection connection = connect(driver, file);
            try {
                prepare(connection, file);
                return new ReplayStore(file, connection);
            } catch (SQLException | RuntimeException e) {
                connection.close();
                throw e;
            }
        } catch (SQLException e) {
            throw new ReplayCacheException(
                    file + " cannot be used as a cache of replies: " + e.getMessage()
                            + "; give another file, or remove this one, and what it kept is asked for again",
                    e);
        }
    }

    private static Driver driver() {
        try {
            return Class.forName(DRIVER)
                    .asSubclass(Driver.class)
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException | ClassCastException | LinkageError e) {
            throw new ReplayCacheException(
                    "a cache of replies needs SQLite; add org.xerial:sqlite-jdbc to the dependencies", e);
        }
    }

    private static Connection connect(Driver driver, Path file) throws SQLException {
        if (Files.isDirectory(file) || file.toString().contains("?")) {
            throw new SQLException("it is a directory, or its name holds a question mark");
        }
        Properties settings = new Properties();
        settings.setProperty("busy_timeout", Integer.toString(BUSY_MILLIS));
        Connection connection = driver.connect("jdbc:sqlite:" + file, settings);
        if (connection == null) {
            throw new SQLException("its driver does not take the name");
        }
        return connection;
    }

    // nothing is written before the file is known to be new, or a cache of ours
    private static void prepare(Connection connection, Path file) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            if (!isNew(statement)) {
                requireOurs(statement, file);
            }
            statement.execute("PRAGMA journal_mode = WAL");
            statement.execute("PRAGMA synchronous = NORMAL");
            if (isNew(statement)) {
                create(statement);
                requireOurs(statement, file); // two processes may have begun at the same time
            }
        }
    }

    private static boolean isNew(Statement statement) throws SQLException {
        return number(statement, "SELECT count(*) FROM sqlite_schema") == 0
                && number(statement, "PRAGMA application_id") == 0;
    }

    private static void create(Statement statement) throws SQLException {
        statement.execute("BEGIN IMMEDIATE");
        statement.execute("CREATE TABLE IF NOT EXISTS replies (request TEXT NOT NULL UNIQUE, reply TEXT NOT NULL)");
        statement.execute("PRAGMA application_id = " + APPLICATION);
        statement.execute("PRAGMA user_version = " + VERSION);
        statement.execute("COMMIT");
    }

    private static void requireOurs(Statement statement, Path file) throws SQLException {
        if (number(statement, "PRAGMA application_id") != APPLICATION) {
            throw new ReplayCacheException(
                    file + " is a SQLite database of another program, not a cache of replies; give another file");
        }
        long version = number(statement, "PRAGMA user_version");
        if (version != VERSION) {
            throw new ReplayCacheException(file + " is a cache of replies in format " + version
                    + ", and this lion knows format " + VERSION + "; use the lion that wrote it, or give another file");
        }
        try (ResultSet check = statement.executeQuery("PRAGMA quick_check(1)")) {
            String finding = check.next() ? check.getString(1) : "no answer";
            if (!"ok".equals(finding)) {
                throw new SQLException("it is damaged (" + finding + ")");
            }
        }
    }

    private static long number(Statement statement, String query) throws SQLException {
        try (ResultSet rows = statement.executeQuery(query)) {
            return rows.next() ? rows.getLong(1) : 0;
        }
    }

    Path file() {
        return file;
    }

    synchronized Optional<String> find(String key) throws SQLException {
        find.setString(1, key);
        try (ResultSet rows = find.executeQuery()) {
            return rows.next() ? Optional.of(rows.getString(1)) : Optional.empty();
        }
    }

    /** Keeps a text; one that another process kept under this key in the meantime stays. */
    synchronized void put(String key, String text) throws SQLException {
        put.setString(1, key);
        put.setString(2, text);
        put.executeUpdate();
    }

    synchronized void remove(String key) throws SQLException {
        remove.setString(1, key);
        remove.executeUpdate();
    }

    @Override
    public synchronized void close() throws SQLException {
        connection.close();
    }
}
