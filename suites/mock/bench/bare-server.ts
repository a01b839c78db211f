import { createServer } from 'node:http';

/** Baseline: node:http that reads the body and answers a constant of the same size. Argument: its port. */
const BODY = JSON.stringify({
  id: 'cst_0000000000000000',
  object: 'customer',
  object_reference_id: 'load-00000000',
  mobile_country_code: '65',
  mobile_number: '9988776655',
  email_address: 'load00000000@example.com',
  first_name: 'John',
  last_name: 'Smith',
  date_created: '2020-03-17T14:16:31Z',
  last_updated: '2020-03-17T14:16:31Z',
});

const server = createServer((request, response) => {
  request.resume().on('end', () => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': BODY.length }).end(BODY);
  });
});
server.listen(Number(process.argv[2]), '127.0.0.1');
