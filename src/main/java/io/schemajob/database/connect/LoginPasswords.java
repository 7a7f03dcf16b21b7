package io.schemajob.database.connect;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Properties;
import org.postgresql.plugin.AuthenticationPlugin;
import org.postgresql.plugin.AuthenticationRequestType;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;

/** Answers the server's question for a password, if it asks in a way that is allowed. The driver makes it by its name. */
@RegisterForReflection
public final class LoginPasswords implements AuthenticationPlugin {
    private final LoginAttempt attempt;

    public LoginPasswords(Properties properties) {
        this.attempt = LoginAttempt.of(properties);
    }

    @Override
    public char[] getPassword(AuthenticationRequestType type) throws PSQLException {
        String method =
                switch (type) {
                    case CLEARTEXT_PASSWORD -> LoginMethods.PASSWORD;
                    case MD5_PASSWORD -> LoginMethods.MD5;
                    case SASL -> LoginMethods.SCRAM;
                    case GSS -> LoginMethods.GSS;
                };
        String password = attempt.host().password();
        if (attempt.ask(method)) {
            if (method.equals(LoginMethods.GSS)) {
                attempt.refuse(
                        "the server asks for login by GSSAPI (gss or sspi in its pg_hba.conf), which the job does not do");
            } else if (password == null) {
                attempt.refuseForWantOfPassword();
            }
        }
        if (attempt.refusal() != null) {
            throw new PSQLException(attempt.refusal(), PSQLState.CONNECTION_REJECTED);
        }
        // The driver wipes it afterwards.
        return password.toCharArray();
    }
}
