package io.schemajob.database.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class WatchedSocketTest {
    /** As the driver passes over a row. */
    private static void passOver(InputStream in, long bytes) throws Exception {
        for (long passed = 0; passed < bytes; ) {
            passed += in.skip(bytes - passed);
        }
    }

    @Test
    @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD, unit = TimeUnit.SECONDS)
    void whatIsPassedOverEndsWithTheConnection() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                WatchedSocket socket = new WatchedSocket()) {
            socket.connect(new InetSocketAddress(server.getInetAddress(), server.getLocalPort()));
            try (Socket peer = server.accept()) {
                peer.getOutputStream().write(new byte[] {1, 2, 3, 4, 5});
            }
            InputStream in = socket.getInputStream();
            passOver(in, 3);
            assertThat(in.read()).isEqualTo(4);
            assertThatThrownBy(() -> passOver(in, 1_000)).isInstanceOf(EOFException.class);
        }
    }
}
