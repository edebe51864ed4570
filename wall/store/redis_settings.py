"""What the private Redis is run with."""

# The shell stays between us and Redis: when we are gone, kill -9 included, its standing read on our pipe ends.
GUARD = 'exec 3<&0; "$@" </dev/null & server=$!; (cat <&3 >/dev/null; kill $server 2>/dev/null) & wait $server'

# Nobody can sign in as the default user, but what it may do decides what Redis may do for itself: without rights,
# it would leave every transaction out when it reads its file again, scripts included.
SETTINGS = """\
port 0
unixsocket {socket}
unixsocketperm 700
dir {folder}
pidfile {folder}/redis.pid
logfile {folder}/redis.log
databases 1
appendonly yes
appendfsync always
no-appendfsync-on-rewrite no
aof-load-truncated yes
aof-use-rdb-preamble yes
save ""
maxmemory-policy noeviction
user default off ~* &* +@all
user wall on >{password} ~* &* +@all -@admin -@dangerous
user keeper on >{keeper} -@all +ping +info +bgsave +bgrewriteaof
"""
