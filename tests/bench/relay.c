/* A line on loopback: relay PORT ROUND_TRIP_US BYTES_PER_SECOND
 *
 * Prints the port it listens on, and passes every connection on to PORT of 127.0.0.1, until it is ended.
 *
 * What is modelled: a byte arrives half a round trip after it was sent, in either direction, and how many are on their
 * way does not depend on how long that takes: each direction is a queue of pieces, each with the time when it is due.
 * The end of a direction and a reset travel in the same queue. With BYTES_PER_SECOND, each direction of a connection
 * lets no more than that through; 0 is no limit.
 *
 * connect() on loopback returns at once, where a line takes a round trip. So whatever a client sends before it has its
 * first answer is held for that round trip, which gives each of its bytes the time at which it would have arrived. (A
 * client that opens connections ahead of their use gains nothing by it here, though it would on a line.)
 *
 * Not modelled: loss, the slow start of TCP, and a window that is smaller than WINDOW pieces. */
#define _GNU_SOURCE /* accept4 */

#include <arpa/inet.h>
#include <errno.h>
#include <inttypes.h>
#include <netinet/tcp.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

#define SECOND INT64_C(1000000000)
#define NEVER INT64_MAX

enum {
    PIECE = 1 << 16, /* bytes that are received at once */
    SEGMENT = 1448,  /* the same, at least, on a line with a limit */
    WINDOW = 1024,   /* pieces on their way in one direction of a connection */
    TURN = 16,       /* pieces after which the next connection has its turn */
    EVENTS = 64,
};

typedef enum { DATA, END, RESET } kind_t;

/* What is on its way. */
typedef struct piece {
    struct piece *next;
    int64_t due;
    kind_t kind;
    size_t begin, end; /* of what is still to be sent */
    char bytes[PIECE];
} piece_t;

/* A socket, with what epoll has told of it since it last said that it would block. */
typedef struct {
    int fd;
    bool readable, writable;
    bool dead; /* its peer takes nothing any more */
} side_t;

/* One direction of a connection. */
typedef struct {
    side_t *from, *to;
    piece_t *head, **tail;
    int count;
    int64_t free_at; /* when the last byte has left, on a line with a limit */
    bool received, sent; /* all that there is */
} lane_t;

typedef struct connection {
    struct connection *next;
    side_t client, server;
    lane_t up, down;
    bool answered, broken;
} connection_t;

/* The line. */
static int64_t delay, rate;
static size_t piece_size = PIECE;
static int window = WINDOW;

static int events_fd, timer_fd, listener_fd;
static in_port_t server_port;
static connection_t *connections;
static piece_t *spare; /* the last one used is the first to be used again: it is in the processor's cache */

static void fail(const char *what)
{
    perror(what);
    exit(1);
}

static int64_t now_ns(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * SECOND + now.tv_nsec;
}

/* ---- pieces ---- */

static piece_t *new_piece(void)
{
    piece_t *piece = spare;

    if (piece != NULL)
        spare = piece->next;
    else if ((piece = malloc(sizeof *piece)) == NULL)
        fail("malloc");
    return piece;
}

static void free_piece(piece_t *piece)
{
    piece->next = spare;
    spare = piece;
}

static void append(lane_t *lane, piece_t *piece)
{
    piece->next = NULL;
    *lane->tail = piece;
    lane->tail = &piece->next;
    lane->count++;
}

static void remove_head(lane_t *lane)
{
    piece_t *piece = lane->head;

    if ((lane->head = piece->next) == NULL)
        lane->tail = &lane->head;
    lane->count--;
    free_piece(piece);
}

/* ---- one direction ---- */

/* When `size` bytes that are sent now will have arrived. */
static int64_t arrival(connection_t *connection, lane_t *lane, size_t size)
{
    int64_t now = now_ns();
    int64_t handshake = lane == &connection->up && !connection->answered ? 2 * delay : 0;

    if (lane->free_at < now)
        lane->free_at = now;
    if (rate > 0)
        lane->free_at += (int64_t)size * SECOND / rate;
    return lane->free_at + delay + handshake;
}

/* Receives a piece. Tells whether there was one. */
static bool receive(connection_t *connection, lane_t *lane)
{
    piece_t *piece;
    ssize_t size;

    if (!lane->from->readable || lane->received || lane->count >= window)
        return false;
    piece = new_piece();
    size = recv(lane->from->fd, piece->bytes, piece_size, MSG_DONTWAIT);
    if (size < 0 && (errno == EAGAIN || errno == EINTR)) {
        lane->from->readable = errno == EINTR;
        free_piece(piece);
        return false;
    }
    piece->kind = size > 0 ? DATA : size == 0 && !lane->from->dead ? END : RESET;
    piece->begin = 0;
    piece->end = size > 0 ? (size_t)size : 0;
    piece->due = arrival(connection, lane, piece->end);
    lane->received = piece->kind != DATA;
    append(lane, piece);
    return true;
}

/* Drops what is on its way to a socket whose peer is gone; the other direction learns of it once all is received. */
static bool abandon(lane_t *lane)
{
    lane->to->dead = lane->to->readable = true;
    lane->received = lane->sent = true;
    while (lane->head != NULL)
        remove_head(lane);
    return true;
}

/* Sends the first piece, or what the socket takes of it, if it is due. Tells whether anything was sent. */
static bool deliver(connection_t *connection, lane_t *lane)
{
    piece_t *piece = lane->head;
    ssize_t size;

    if (piece == NULL || !lane->to->writable || piece->due > now_ns())
        return false;
    if (piece->kind == DATA) {
        size = send(lane->to->fd, piece->bytes + piece->begin, piece->end - piece->begin,
                    MSG_DONTWAIT | MSG_NOSIGNAL);
        if (size < 0 && errno == EINTR)
            return true;
        if (size < 0 && errno == EAGAIN)
            return lane->to->writable = false;
        if (size < 0)
            return abandon(lane);
        connection->answered |= lane == &connection->down;
        piece->begin += (size_t)size;
        if (piece->begin < piece->end)
            return true;
    } else if (piece->kind == END) {
        lane->sent = true;
        shutdown(lane->to->fd, SHUT_WR);
    } else {
        connection->broken = true;
    }
    remove_head(lane);
    return true;
}

/* ---- connections ---- */

static void watch(side_t *side)
{
    struct epoll_event event = {EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET, {.ptr = side}};
    int on = 1;

    setsockopt(side->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (epoll_ctl(events_fd, EPOLL_CTL_ADD, side->fd, &event) != 0)
        fail("epoll_ctl");
}

/* A socket that is connected to the server; -1 where it is not there. */
static int connect_to_server(void)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = server_port};
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (fd < 0)
        fail("socket");
    if (connect(fd, (struct sockaddr *)&address, sizeof address) != 0) {
        close(fd);
        return -1;
    }
    return fd;
}

static void begin_lane(lane_t *lane, side_t *from, side_t *to)
{
    lane->from = from;
    lane->to = to;
    lane->tail = &lane->head;
}

static void accept_connection(void)
{
    connection_t *connection;
    int client = accept4(listener_fd, NULL, NULL, SOCK_CLOEXEC);
    int server;

    if (client < 0)
        return;
    server = connect_to_server();
    if (server < 0) {
        close(client);
        return;
    }
    if ((connection = calloc(1, sizeof *connection)) == NULL)
        fail("calloc");
    connection->client.fd = client;
    connection->server.fd = server;
    begin_lane(&connection->up, &connection->client, &connection->server);
    begin_lane(&connection->down, &connection->server, &connection->client);
    watch(&connection->client);
    watch(&connection->server);
    connection->next = connections;
    connections = connection;
}

/* Closes a socket; with a reset if the connection is broken. */
static void close_side(side_t *side, bool broken)
{
    struct linger at_once = {1, 0};

    if (broken)
        setsockopt(side->fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    close(side->fd);
}

static void close_connection(connection_t *connection)
{
    while (connection->up.head != NULL)
        remove_head(&connection->up);
    while (connection->down.head != NULL)
        remove_head(&connection->down);
    close_side(&connection->client, connection->broken);
    close_side(&connection->server, connection->broken);
    free(connection);
}

/* Moves what can be moved. Tells whether there may be more at once. */
static bool move(connection_t *connection)
{
    bool moved = true;

    for (int turn = 0; turn < TURN && moved && !connection->broken; turn++) {
        moved = receive(connection, &connection->up);
        moved |= deliver(connection, &connection->up);
        moved |= receive(connection, &connection->down);
        moved |= deliver(connection, &connection->down);
    }
    return moved;
}

static bool is_over(const connection_t *connection)
{
    return connection->broken || (connection->up.sent && connection->down.sent);
}

/* When the next piece of a direction is due that is not only waiting for its socket. */
static int64_t next_due(const lane_t *lane)
{
    return lane->head != NULL && lane->to->writable ? lane->head->due : NEVER;
}

/* Moves what can be moved on all connections. Returns when there is more to do: 0 is now. */
static int64_t move_all(void)
{
    int64_t next = NEVER;

    for (connection_t **at = &connections; *at != NULL;) {
        connection_t *connection = *at;
        int64_t due[] = {move(connection) ? 0 : NEVER, next_due(&connection->up), next_due(&connection->down)};

        if (is_over(connection)) {
            *at = connection->next;
            close_connection(connection);
            continue;
        }
        for (int i = 0; i < 3; i++)
            next = due[i] < next ? due[i] : next;
        at = &connection->next;
    }
    return next;
}

/* ---- the program ---- */

static void wait_until(int64_t due)
{
    struct itimerspec timer = {{0, 0}, {0, 0}}; /* no time at all */
    struct epoll_event events[EVENTS];
    int count;

    if (due != NEVER)
        timer.it_value = (struct timespec){due / SECOND, due % SECOND};
    if (due > 0 && timerfd_settime(timer_fd, TFD_TIMER_ABSTIME, &timer, NULL) != 0)
        fail("timerfd_settime");
    count = epoll_wait(events_fd, events, EVENTS, due > 0 ? -1 : 0);
    for (int i = 0; i < count; i++) {
        side_t *side = events[i].data.ptr;

        if (side == NULL)
            accept_connection();
        else if (side->fd != timer_fd) {
            side->readable |= (events[i].events & (EPOLLIN | EPOLLRDHUP | EPOLLHUP | EPOLLERR)) != 0;
            side->writable |= (events[i].events & (EPOLLOUT | EPOLLHUP | EPOLLERR)) != 0;
        }
    }
}

static void listen_on_loopback(void)
{
    struct sockaddr_in address = {.sin_family = AF_INET};
    socklen_t size = sizeof address;
    struct epoll_event event = {EPOLLIN, {.ptr = NULL}};

    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    listener_fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (listener_fd < 0 || bind(listener_fd, (struct sockaddr *)&address, size) != 0 ||
        listen(listener_fd, SOMAXCONN) != 0 || getsockname(listener_fd, (struct sockaddr *)&address, &size) != 0 ||
        epoll_ctl(events_fd, EPOLL_CTL_ADD, listener_fd, &event) != 0)
        fail("listen");
    printf("%d\n", ntohs(address.sin_port));
    fflush(stdout);
}

/* Where there is a limit, a piece takes a millisecond, and there is room for what is on its way, twice. */
static void limit_pieces(void)
{
    int64_t size = rate / 1000, count;

    if (rate <= 0)
        return;
    piece_size = size < SEGMENT ? SEGMENT : size > PIECE ? PIECE : (size_t)size;
    count = (int64_t)((double)rate * (double)delay / SECOND) / (int64_t)piece_size * 2 + TURN;
    window = count < WINDOW ? (int)count : WINDOW;
}

int main(int argc, char **argv)
{
    static side_t timer;
    struct epoll_event event = {EPOLLIN | EPOLLET, {.ptr = &timer}};

    if (argc != 4) {
        fprintf(stderr, "usage: relay PORT ROUND_TRIP_US BYTES_PER_SECOND\n");
        return 2;
    }
    server_port = htons((in_port_t)atoi(argv[1]));
    delay = strtoimax(argv[2], NULL, 10) * 1000 / 2;
    rate = strtoimax(argv[3], NULL, 10);
    limit_pieces();
    events_fd = epoll_create1(EPOLL_CLOEXEC);
    timer_fd = timer.fd = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
    if (events_fd < 0 || timer_fd < 0 || epoll_ctl(events_fd, EPOLL_CTL_ADD, timer_fd, &event) != 0)
        fail("epoll");
    listen_on_loopback();
    for (;;)
        wait_until(move_all());
}
