import { Search } from 'lucide-react';
import { Button, IconButton } from './button.js';

/** Every kind of button, working and refused. */
export function Story() {
  return (
    <>
      <Button kind="primary">Send 3,881 updates</Button>
      <Button>Look again</Button>
      <Button kind="quiet">Clear filters</Button>
      <Button kind="danger">Remove 212 listings</Button>
      <Button kind="primary" pending>
        Sending
      </Button>
      <Button whyNot="Your role does not let you send a plan. Ask an administrator.">Send</Button>
      <IconButton label="Search" icon={<Search size={20} />} />
    </>
  );
}
