"""An edition as pages and files, before any site builder has seen them. The door is `render_pages`."""
