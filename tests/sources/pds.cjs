// Runs a server of Bluesky's network (PDS) and its directory of accounts (PLC) on this machine alone until it is ended.
// Says where both are in one line of JSON. NODE_PATH says where @atproto/dev-env is.

const net = require("node:net");

const listen = net.Server.prototype.listen;
net.Server.prototype.listen = function onLoopback(port, ...rest) {
  return typeof port === "number" ? listen.call(this, port, "127.0.0.1", ...rest) : listen.call(this, port, ...rest);
};

const { TestNetworkNoAppView } = require("@atproto/dev-env");

async function main() {
  const network = await TestNetworkNoAppView.create({ pds: { hostname: "localhost", inviteRequired: false } });
  console.log(JSON.stringify({ pds: network.pds.port, plc: network.plc.port }));
}

main();
